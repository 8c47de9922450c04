//! How far the work is: a line on a terminal, once the work has taken more than a moment.

use std::{
    sync::mpsc::{RecvTimeoutError, Sender, channel},
    thread::{self, JoinHandle},
    time::{Duration, Instant},
};

use docwright::{
    diagnostic::Diagnostic,
    input::{ApiInput, Reading, read_watched},
    model::Api,
    pipeline::Generation,
};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// What takes no longer needs no progress.
const MOMENT: Duration = Duration::from_secs(1);
/// The time between two pictures.
const TICK: Duration = Duration::from_millis(100);

/// Does the work that can take long, and shows how far it is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Progress {
    /// Since when the user waits; `None` where nothing is to be shown.
    pub(super) since: Option<Instant>,
}

impl Progress {
    /// Reads the pages of an API.
    pub(crate) fn read(self, api: ApiInput) -> Reading {
        let line = self.line(format!("reading {}", api.name), api.pages.len());
        read_watched(vec![api], &|| line.bar.inc(1))
    }

    /// Generates the files of an API.
    pub(crate) fn generate(self, api: &Api, generation: &mut Generation) -> Vec<Diagnostic> {
        let _line = self.line(format!("generating {}", api.name), 0);
        generation.add(api)
    }

    fn line(self, doing: String, steps: usize) -> Line {
        let bar = ProgressBar::with_draw_target(Some(steps as u64), ProgressDrawTarget::hidden());
        let template = if steps > 0 { "{msg} [{bar:30}] {pos}/{len}" } else { "{msg} {spinner}" };
        if let Ok(style) = ProgressStyle::with_template(template) {
            bar.set_style(style.progress_chars("=> ").tick_chars("-\\|/ "));
        }
        bar.set_message(doing);
        let timer = self.since.map(|since| {
            let (done, is_done) = channel::<()>();
            let (shown, moment) = (bar.clone(), MOMENT.saturating_sub(since.elapsed()));
            let show = move || {
                if is_done.recv_timeout(moment) == Err(RecvTimeoutError::Timeout) {
                    shown.set_draw_target(ProgressDrawTarget::stderr());
                    shown.enable_steady_tick(TICK);
                }
            };
            (done, thread::spawn(show))
        });
        Line { bar, timer }
    }
}

/// A line that goes away with the work.
struct Line {
    bar: ProgressBar,
    /// What shows it after a moment; dropping the sender says that it is not needed any more.
    timer: Option<(Sender<()>, JoinHandle<()>)>,
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some((done, timer)) = self.timer.take() {
            drop(done);
            // It can't panic; and if it did, there would only be no line.
            let _ = timer.join();
        }
        self.bar.finish_and_clear();
    }
}
