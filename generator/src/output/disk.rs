//! What writing asks of a file system, one operation at a time, so that tests can fail each of them.

use std::{
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, Write},
    path::Path,
    thread,
    time::{Duration, Instant},
};

/// How long another run is waited for. Writing takes a moment; what takes longer has stopped.
const PATIENCE: Duration = Duration::from_secs(10);

/// The operations, each of which happens or does not, but for [`Disk::create_file`].
pub(super) trait Disk {
    /// Creates a folder in one that is there.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;

    /// Creates a file with a text and gets it to the disk. Where it fails, a part of the text may be there.
    fn create_file(&self, file: &Path, text: &str) -> io::Result<()>;

    /// Gives a file the permissions of another one.
    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Puts a file in the place of another one, if any, in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;

    /// Removes a file.
    fn remove_file(&self, file: &Path) -> io::Result<()>;

    /// Removes an empty folder.
    fn remove_folder(&self, folder: &Path) -> io::Result<()>;
}

/// The file system itself.
pub(super) struct FileSystem;

impl Disk for FileSystem {
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir(folder)
    }

    fn create_file(&self, file: &Path, text: &str) -> io::Result<()> {
        let mut file = OpenOptions::new().write(true).create_new(true).open(file)?;
        file.write_all(text.as_bytes())?;
        // Otherwise a crash of the system could leave the new name on a file without its text.
        file.sync_data()
    }

    fn copy_permissions(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::set_permissions(to, fs::metadata(from)?.permissions())
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove_file(&self, file: &Path) -> io::Result<()> {
        fs::remove_file(file)
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        fs::remove_dir(folder)
    }
}

/// Keeps other runs out of a folder until it is dropped, or the process ends in whatever way.
pub(super) struct Lock {
    _folder: File,
}

impl Lock {
    /// Locks a folder; `None` where that can't be done on this system, `WouldBlock` where another run does not
    /// come to its end.
    ///
    /// The folder itself is locked, so that no file has to lie in it for that.
    pub(super) fn new(folder: &Path) -> io::Result<Option<Self>> {
        let Ok(open) = File::open(folder) else { return Ok(None) };
        let start = Instant::now();
        loop {
            match open.try_lock() {
                Ok(()) => return Ok(Some(Self { _folder: open })),
                Err(TryLockError::WouldBlock) if start.elapsed() < PATIENCE => {
                    thread::sleep(Duration::from_millis(5));
                }
                Err(TryLockError::WouldBlock) => return Err(io::ErrorKind::WouldBlock.into()),
                // Not every file system has locks; files are replaced in one step there too.
                Err(TryLockError::Error(_)) => return Ok(None),
            }
        }
    }
}
