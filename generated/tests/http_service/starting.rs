//! What the service refuses to start with.

use crate::process::{Service, command};

#[test]
fn wrong_arguments_are_refused_and_secrets_not_shown() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("users.redb");
    for (option, value) in
        [("--basic", "hunter2"), ("--basic", ":hunter2"), ("--token", ""), ("--listen", "x")]
    {
        let mut command = command(&file);
        // The last one of an option that is given twice is an error too, so each is given once.
        let arguments: Vec<_> = command.get_args().map(|word| word.to_str().unwrap().to_owned()).collect();
        let at = arguments.iter().position(|word| word == option).unwrap();
        let mut arguments = arguments;
        arguments[at + 1] = value.to_owned();
        let program = command.get_program().to_owned();
        command = std::process::Command::new(program);
        let output = command.args(arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(2), "{option} {value}");
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(said.contains(option), "{said}");
    }
    assert!(!file.exists());
}

#[test]
fn a_database_in_use_or_of_something_else_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("users.redb");
    let service = Service::start(&file);
    let other = command(&file).output().unwrap();
    assert_eq!(other.status.code(), Some(1));
    assert!(String::from_utf8(other.stderr).unwrap().contains("users.redb: "));
    service.stop();
    let text = folder.path().join("notes.txt");
    std::fs::write(&text, "mine\n").unwrap();
    let other = command(&text).output().unwrap();
    assert_eq!(other.status.code(), Some(1));
    assert_eq!(std::fs::read_to_string(&text).unwrap(), "mine\n");
}
