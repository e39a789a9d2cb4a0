//! What many wait for and one tells. The standard library is enough, so that its tests run without any crate:
//! `rustc --edition 2021 --test src/ready.rs && ./ready`

use std::sync::{Condvar, Mutex};
use std::time::Duration;

/// The server's port, or why there is none. Every waiter gets the same answer, also one who asks later.
pub struct Ready {
    port: Mutex<Option<Result<u16, String>>>,
    told: Condvar,
}

impl Ready {
    pub const fn new() -> Self {
        Self { port: Mutex::new(None), told: Condvar::new() }
    }

    /// The first word counts.
    pub fn tell(&self, port: Result<u16, String>) {
        self.port.lock().unwrap().get_or_insert(port);
        self.told.notify_all();
    }

    /// Woken as soon as it is told, at the latest after `timeout`.
    pub fn wait(&self, timeout: Duration) -> Result<u16, String> {
        let port = self.port.lock().unwrap();
        let (port, _) = self.told.wait_timeout_while(port, timeout, |port| port.is_none()).unwrap();
        port.clone().unwrap_or_else(|| Err("Server start timeout".into()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::thread;

    const LONG: Duration = Duration::from_secs(60);

    #[test]
    fn every_waiter_is_told_the_same_and_so_is_one_who_asks_later() {
        let ready = Ready::new();
        thread::scope(|scope| {
            let waiters: Vec<_> = (0..8).map(|_| scope.spawn(|| ready.wait(LONG))).collect();
            ready.tell(Ok(49152));
            for waiter in waiters {
                assert_eq!(waiter.join().unwrap(), Ok(49152));
            }
        });
        assert_eq!(ready.wait(Duration::ZERO), Ok(49152));
    }

    #[test]
    fn a_failure_is_told_at_once() {
        let ready = Ready::new();
        ready.tell(Err("Port 8080 is in use.".into()));
        assert_eq!(ready.wait(LONG), Err("Port 8080 is in use.".into()));
    }

    #[test]
    fn nobody_waits_for_ever() {
        assert_eq!(Ready::new().wait(Duration::from_millis(10)), Err("Server start timeout".into()));
    }

    #[test]
    fn the_first_word_counts() {
        let ready = Ready::new();
        ready.tell(Ok(1));
        ready.tell(Err("It ended.".into()));
        assert_eq!(ready.wait(Duration::ZERO), Ok(1));
    }
}
