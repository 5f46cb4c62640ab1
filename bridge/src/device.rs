//! One device: asked for its page, or heard when it pushes one.

use crate::config;
use crate::failure::{Failure, Kind};
use crate::journal::Journal;
use crate::metrics::DeviceMetrics;
use crate::reader;
use crate::turn::Turn;
use core::time::Duration;
use std::io::{self, Write};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Instant;

const ENQUIRY: u8 = 0x05;
/// Pages that a device sends of its own accord have numbers below this, answers have others.
pub(crate) const FIRST_ANSWER: u8 = 0x80;
/// How often a device is asked before one probe gives up, where frames are damaged.
const ATTEMPTS: usize = 3;

/// A device and the thread that reads from it.
pub struct Device {
    pub(crate) config: config::Device,
    pub(crate) max_page: usize,
    pub(crate) log: bool,
    pub(crate) metrics: DeviceMetrics,
    journal: Journal,
    turn: Turn,
    state: Mutex<State>,
    changed: Condvar,
}

struct State {
    link: Link,
    awaited: Awaited,
    /// The number of the latest request.
    number: u8,
    /// The newest whole page of the device's own accord, and when it began.
    pushed: Option<(Instant, Arc<[u8]>)>,
}

/// The port.
enum Link {
    /// Nobody knows yet whether it opens.
    Opening,
    Open(Box<dyn Write + Send>),
    Closed(Failure),
}

/// What the probe whose turn it is waits for.
enum Awaited {
    Nothing,
    Page(u8),
    /// A frame of the page was damaged or lost: it cannot become whole.
    Damaged,
    Done(Result<Arc<[u8]>, Failure>),
}

impl Device {
    /// Starts the thread that opens the port and reads from it, again and again until the process ends.
    ///
    /// # Errors
    ///
    /// Where there is no room in the metrics, or no thread to be had.
    pub fn start(config: config::Device, max_page: usize, log: bool) -> io::Result<Arc<Self>> {
        let metrics = DeviceMetrics::new(&config.name).map_err(io::Error::other)?;
        let device = Arc::new(Self {
            metrics,
            max_page,
            log,
            journal: Journal::default(),
            turn: Turn::default(),
            state: Mutex::new(State {
                link: Link::Opening,
                awaited: Awaited::Nothing,
                number: first_number(),
                pushed: None,
            }),
            changed: Condvar::new(),
            config,
        });
        let reading = Arc::clone(&device);
        thread::Builder::new().spawn(move || reader::run(&reading))?;
        Ok(device)
    }

    /// The name.
    pub fn name(&self) -> &str {
        &self.config.name
    }

    /// A whole and valid page that began after this call, or, where the device pushes, its newest one
    /// within the configured age. Probes of one device at the same time take turns.
    ///
    /// # Errors
    ///
    /// Why there is none. A port that is closed is an error at once, everything else at the deadline.
    pub fn page(&self, deadline: Instant) -> Result<Arc<[u8]>, Failure> {
        let began = Instant::now();
        let result = match self.config.push {
            Some(age) => self.newest(age, deadline),
            None => self.ask(deadline),
        };
        self.metrics.took(began.elapsed().as_secs_f64());
        result
    }

    /// Brings the metrics up to date: the page of a device that pushes may have become too old.
    pub fn refresh(&self) {
        if let Some(age) = self.config.push
            && self.lock().fresh(age).is_none()
        {
            self.metrics.expired();
        }
    }

    /// Counts families that a merged page left out.
    pub(crate) fn left_out(&self, families: usize) {
        self.metrics.left_out(families);
    }

    fn newest(&self, age: Duration, deadline: Instant) -> Result<Arc<[u8]>, Failure> {
        let waits = |state: &mut State| {
            state.fresh(age).is_none() && !matches!(state.link, Link::Closed(_))
        };
        let state = self.wait(self.lock(), deadline, waits);
        match (state.fresh(age), &state.link) {
            (Some(page), _) => Ok(page),
            (None, Link::Closed(failure)) => Err(failure.clone()),
            (None, _) => {
                let age = humantime::format_duration(age);
                Err(self.fail(Kind::Timeout, format!("pushed no whole page in the last {age}")))
            }
        }
    }

    fn ask(&self, deadline: Instant) -> Result<Arc<[u8]>, Failure> {
        let Some(_turn) = self.turn.take(deadline) else {
            return Err(self.fail(Kind::Busy, "busy with other probes"));
        };
        for _ in 0..ATTEMPTS {
            if let Some(page) = self.attempt(deadline)? {
                return Ok(page);
            }
        }
        let text = format!("frames were damaged or lost, {ATTEMPTS} times in a row");
        Err(Failure { kind: Kind::Checksum, text })
    }

    /// Asks once; `None` if frames were damaged, so that it is worth asking again.
    fn attempt(&self, deadline: Instant) -> Result<Option<Arc<[u8]>>, Failure> {
        let opening = |state: &mut State| matches!(state.link, Link::Opening);
        let mut state = self.wait(self.lock(), deadline, opening);
        let State { link, awaited, number, .. } = &mut *state;
        // A late answer to an earlier request has another number: 128 of them are in use.
        *number = number.wrapping_add(1) | FIRST_ANSWER;
        match link {
            Link::Opening => return Err(self.fail(Kind::Timeout, "still being opened")),
            Link::Closed(failure) => return Err(failure.clone()),
            Link::Open(port) => port
                .write_all(&[ENQUIRY, *number])
                .map_err(|error| self.fail(Kind::Closed, format!("cannot be asked: {error}")))?,
        }
        *awaited = Awaited::Page(*number);
        let mut state =
            self.wait(state, deadline, |state| matches!(state.awaited, Awaited::Page(_)));
        match core::mem::replace(&mut state.awaited, Awaited::Nothing) {
            Awaited::Done(result) => result.map(Some),
            Awaited::Damaged => {
                self.fail(Kind::Checksum, "frames were damaged or lost");
                Ok(None)
            }
            Awaited::Page(_) | Awaited::Nothing => {
                Err(self.fail(Kind::Timeout, "sent no whole page in time"))
            }
        }
    }

    fn wait<'a>(
        &'a self,
        state: MutexGuard<'a, State>,
        deadline: Instant,
        condition: impl FnMut(&mut State) -> bool,
    ) -> MutexGuard<'a, State> {
        let patience = deadline.saturating_duration_since(Instant::now());
        let waited = self.changed.wait_timeout_while(state, patience, condition);
        waited.unwrap_or_else(PoisonError::into_inner).0
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a failure, and says it if it is news.
    pub(crate) fn fail(&self, kind: Kind, text: impl Into<String>) -> Failure {
        let failure = Failure { kind, text: text.into() };
        self.metrics.failed(kind);
        self.journal.failed(self.name(), &failure);
        failure
    }
}

/// What the reading thread tells.
impl Device {
    pub(crate) fn opened(&self, port: Box<dyn Write + Send>) {
        self.metrics.opened();
        self.lock().link = Link::Open(port);
        self.changed.notify_all();
    }

    pub(crate) fn closed(&self, kind: Kind, text: String) {
        self.metrics.closed();
        let failure = self.fail(kind, text);
        let mut state = self.lock();
        if let Awaited::Page(_) = state.awaited {
            state.awaited = Awaited::Done(Err(failure.clone()));
        }
        state.link = Link::Closed(failure);
        state.pushed = None;
        self.changed.notify_all();
    }

    pub(crate) fn awaits(&self, number: u8) -> bool {
        self.lock().awaits(number)
    }

    /// The page that is awaited came, or cannot be had.
    pub(crate) fn answered(&self, number: u8, result: Result<Arc<[u8]>, Failure>) {
        if result.is_ok() {
            self.succeeded();
        }
        self.settle(number, Awaited::Done(result));
    }

    pub(crate) fn damaged(&self, number: u8) {
        self.settle(number, Awaited::Damaged);
    }

    fn settle(&self, number: u8, outcome: Awaited) {
        let mut state = self.lock();
        if state.awaits(number) {
            state.awaited = outcome;
            self.changed.notify_all();
        }
    }

    /// A page came that nobody asked for, and took from `began` until now.
    pub(crate) fn pushed(&self, began: Instant, page: Arc<[u8]>) {
        let mut state = self.lock();
        state.pushed = Some((began, page));
        let fresh = self.config.push.is_some_and(|age| state.fresh(age).is_some());
        drop(state);
        if fresh {
            self.succeeded();
        }
        self.changed.notify_all();
    }

    fn succeeded(&self) {
        self.metrics.succeeded();
        self.journal.succeeded(self.name());
    }
}

impl State {
    fn awaits(&self, number: u8) -> bool {
        matches!(self.awaited, Awaited::Page(awaited) if awaited == number)
    }

    fn fresh(&self, age: Duration) -> Option<Arc<[u8]>> {
        let (began, page) = self.pushed.as_ref()?;
        (began.elapsed() <= age).then(|| Arc::clone(page))
    }
}

/// Where the numbers of requests begin: not where they began before the bridge was started anew, when
/// an answer to the old one may still be under way.
fn first_number() -> u8 {
    std::process::id() as u8
}
