//! The updates that both sides make, and what each of them adds to a total.

use crate::interrupts;
use core::sync::atomic::{AtomicU32, Ordering::Relaxed};
use nanoprom::{
    Counter, Counter32, Family, Gauge, Gauge32, Histogram, Histogram32, IntCounter, IntGauge,
    IntHistogram, Refused, Value, for_each_sample, metrics,
};

metrics! {
    pub(crate) static METRICS, prefix = "storm_";
    /// Whole events.
    static INT: IntCounter = "int_total";
    /// Whole events and fractions.
    static FLOAT: Counter = "float_total";
    /// Events, up to 2^32 - 1.
    static SMALL: Counter32 = "small_total";
    /// A float that goes up and down.
    static GAUGE: Gauge = "level";
    /// A whole number that goes up and down.
    static INT_GAUGE: IntGauge = "int_level";
    /// A word that goes up and down.
    static GAUGE32: Gauge32 = "word_level";
    /// Made-up waiting times, in seconds.
    static WAIT: Histogram<2> = "wait_seconds", buckets = [0.5, 2.0];
    /// The same in microseconds, without floats.
    static INT_WAIT: IntHistogram<2> = "int_wait_seconds", buckets = [100, 1_000_000_000],
        ticks_per_unit = 1_000_000;
    /// The same with short buckets.
    static WAIT32: Histogram32<1> = "wait32_seconds", buckets = [100], ticks_per_unit = 1_000_000;
    /// One child that both sides look up.
    static CHILD: Family<Counter, 1, 2> = "child_total", labels = ["name"];
    /// Children that whichever side is first adds, until there is no room.
    static GROWING: Family<IntCounter, 1, 44, 12> = "growing_total", labels = ["name"];
    /// Made-up waiting times of a child, in seconds.
    static CHILD_WAIT: Family<Histogram<1>, 1, 2> = "child_wait_seconds", buckets = [0.5],
        labels = ["name"];
}

/// Counted without protection: it has to lose what the metrics must not.
static CONTROL: AtomicU32 = AtomicU32::new(0);

/// A sum that an update adds to; floats are counted in quarters.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Total {
    Control,
    Int,
    Float,
    Small,
    Gauge,
    IntGauge,
    Gauge32,
    WaitLow,
    WaitHigh,
    WaitSum,
    IntWaitLow,
    IntWaitHigh,
    IntWaitSum,
    Wait32,
    Wait32Sum,
    Child,
    Growing,
    ChildWait,
    ChildWaitSum,
}
use Total as T;

impl Total {
    pub(crate) const COUNT: usize = Self::ChildWaitSum as usize + 1;
    pub(crate) const ALL: [(Self, &'static str); Self::COUNT] = [
        (T::Control, "control"),
        (T::Int, "int"),
        (T::Float, "float"),
        (T::Small, "small"),
        (T::Gauge, "gauge"),
        (T::IntGauge, "int_gauge"),
        (T::Gauge32, "gauge32"),
        (T::WaitLow, "wait_low"),
        (T::WaitHigh, "wait_high"),
        (T::WaitSum, "wait_sum"),
        (T::IntWaitLow, "int_wait_low"),
        (T::IntWaitHigh, "int_wait_high"),
        (T::IntWaitSum, "int_wait_sum"),
        (T::Wait32, "wait32"),
        (T::Wait32Sum, "wait32_sum"),
        (T::Child, "child"),
        (T::Growing, "growing"),
        (T::ChildWait, "child_wait"),
        (T::ChildWaitSum, "child_wait_sum"),
    ];

    /// What the metric says.
    pub(crate) fn actual(self) -> i64 {
        match self {
            T::Control => CONTROL.load(Relaxed).into(),
            T::Int => INT.get() as i64,
            T::Float => quarters(FLOAT.get()),
            T::Small => SMALL.get().into(),
            T::Gauge => quarters(GAUGE.get()),
            T::IntGauge => INT_GAUGE.get(),
            T::Gauge32 => GAUGE32.get().into(),
            T::WaitLow => WAIT.bucket(0).map_or(-1, |count| count as i64),
            T::WaitHigh => WAIT.bucket(2).map_or(-1, |count| count as i64),
            T::WaitSum => quarters(WAIT.sum()),
            T::IntWaitLow => INT_WAIT.bucket(0).map_or(-1, |count| count as i64),
            T::IntWaitHigh => INT_WAIT.bucket(1).map_or(-1, |count| count as i64),
            T::IntWaitSum => INT_WAIT.sum() as i64,
            T::Wait32 => WAIT32.count() as i64,
            T::Wait32Sum => WAIT32.sum() as i64,
            T::Child => child().map_or(-1, |child| quarters(child.get())),
            T::Growing => (grown() + GROWING.refused()) as i64,
            T::ChildWait => child_wait().map_or(-1, |child| child.count() as i64),
            T::ChildWaitSum => child_wait().map_or(-1, |child| quarters(child.sum())),
        }
    }

    /// What all updates that were counted come to.
    pub(crate) fn expected(self) -> i64 {
        self.with_limit(self.counted())
    }

    /// Whether `actual`, which reads the metric, gives what it must: all updates that were counted
    /// before, and none but those that were counted afterwards, or are the one that is being made.
    pub(crate) fn reads_right(self, being_made: usize, actual: impl FnOnce() -> i64) -> bool {
        let least = self.expected();
        let actual = actual();
        let most = self.with_limit(self.counted() + amount(being_made, self));
        least <= actual && actual <= most
    }

    fn counted(self) -> i64 {
        let times =
            |update: usize| SIDES.iter().map(|side| i64::from(side.get(update))).sum::<i64>();
        let amounts = (0..UPDATES.len()).map(|update| (update, amount(update, self)));
        let sum = amounts.filter(|&(_, amount)| amount != 0).map(|(at, amount)| amount * times(at));
        self.lifted() + sum.sum::<i64>()
    }

    fn lifted(self) -> i64 {
        LIFTS.iter().filter(|lift| lift.total == self).map(Lift::amount).sum()
    }

    fn with_limit(self, sum: i64) -> i64 {
        match self {
            T::Small => sum.min(u32::MAX.into()),
            _ => sum,
        }
    }

    /// Never goes down, and is quickly read.
    pub(crate) fn grows(self) -> bool {
        !matches!(self, T::Control | T::Gauge | T::IntGauge | T::Gauge32 | T::Growing)
    }
}

fn quarters(value: f64) -> i64 {
    (value * 4.0) as i64
}

fn child() -> Result<&'static Counter, Refused> {
    CHILD.labels(["kept"])
}

fn child_wait() -> Result<Histogram<1>, Refused> {
    CHILD_WAIT.labels(["kept"])
}

/// The child of the hour: a new name every few hundred interrupts.
fn growing() -> Result<&'static IntCounter, Refused> {
    const NAMES: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    let hour = (interrupts() / 800) as usize;
    GROWING.labels([NAMES.get(hour..=hour).unwrap_or("later")])
}

fn grown() -> u64 {
    let mut sum = 0;
    for_each_sample(&METRICS, |sample| {
        if let ("storm_growing_total", Value::Unsigned(value)) = (sample.name(), sample.value()) {
            sum += value;
        }
    });
    sum
}

/// Something to do to a metric, and what it adds to which totals.
pub(crate) struct Update {
    work: fn(),
    adds: &'static [(Total, i64)],
}

/// Three quarters of the distance between two carries of a total in two words, and a bit.
const BIG: u32 = (3 << 26) + 12_345;
/// Takes several steps where a total is two words.
const HUGE: u64 = (5 << 28) + 9;

/// The one that loses; both sides make it every time.
const CONTROL_UPDATE: usize = 0;
/// No update that is made by choice.
pub(crate) const NOTHING: usize = CONTROL_UPDATE;
/// How many updates add little: they come first.
const LITTLE: usize = UPDATES.len() - 4;

// Refusals are counted by the family itself, and a rejected amount would be missing in the total.
const UPDATES: &[Update] = &[
    Update { work: || CONTROL.store(CONTROL.load(Relaxed) + 1, Relaxed), adds: &[(T::Control, 1)] },
    Update { work: || INT.inc(), adds: &[(T::Int, 1)] },
    Update { work: || FLOAT.inc(), adds: &[(T::Float, 4)] },
    Update { work: || _ = FLOAT.inc_by(0.25), adds: &[(T::Float, 1)] },
    Update { work: || _ = FLOAT.inc_by(3.0), adds: &[(T::Float, 12)] },
    Update { work: || SMALL.inc(), adds: &[(T::Small, 1)] },
    Update { work: || GAUGE.inc_by(0.25), adds: &[(T::Gauge, 1)] },
    Update { work: || GAUGE.dec_by(0.75), adds: &[(T::Gauge, -3)] },
    Update { work: || INT_GAUGE.inc_by(-3), adds: &[(T::IntGauge, -3)] },
    Update { work: || GAUGE32.inc_by(5), adds: &[(T::Gauge32, 5)] },
    Update { work: || WAIT.observe(0.25), adds: &[(T::WaitLow, 1), (T::WaitSum, 1)] },
    Update { work: || WAIT.observe(3.0), adds: &[(T::WaitHigh, 1), (T::WaitSum, 12)] },
    Update { work: || INT_WAIT.observe(60), adds: &[(T::IntWaitLow, 1), (T::IntWaitSum, 60)] },
    Update {
        work: || INT_WAIT.observe(BIG),
        adds: &[(T::IntWaitHigh, 1), (T::IntWaitSum, BIG as i64)],
    },
    Update { work: || WAIT32.observe(7), adds: &[(T::Wait32, 1), (T::Wait32Sum, 7)] },
    Update { work: || _ = child().map(Counter::inc), adds: &[(T::Child, 4)] },
    Update { work: || _ = child().map(|child| child.inc_by(0.5)), adds: &[(T::Child, 2)] },
    Update { work: || _ = growing().map(IntCounter::inc), adds: &[(T::Growing, 1)] },
    Update {
        work: || _ = child_wait().map(|child| child.observe(0.25)),
        adds: &[(T::ChildWait, 1), (T::ChildWaitSum, 1)],
    },
    Update { work: || INT.inc_by(BIG.into()), adds: &[(T::Int, BIG as i64)] },
    Update { work: || INT.inc_by(HUGE), adds: &[(T::Int, HUGE as i64)] },
    Update { work: || _ = FLOAT.inc_by(BIG.into()), adds: &[(T::Float, 4 * BIG as i64)] },
    Update {
        work: || _ = child().map(|child| child.inc_by(BIG.into())),
        adds: &[(T::Child, 4 * BIG as i64)],
    },
];

fn adds(update: usize) -> &'static [(Total, i64)] {
    UPDATES.get(update).map_or(&[], |update| update.adds)
}

/// What an update adds to a total.
fn amount(update: usize, total: Total) -> i64 {
    adds(update).iter().find(|add| add.0 == total).map_or(0, |add| add.1)
}

/// The totals that an update adds to.
pub(crate) fn added_to(update: usize) -> impl Iterator<Item = Total> {
    adds(update).iter().map(|add| add.0)
}

/// Whether the totals that an update adds to read right.
pub(crate) fn read_right(update: usize, being_made: usize) -> bool {
    let mut growing = added_to(update).filter(|total| total.grows());
    growing.all(|total| total.reads_right(being_made, || total.actual()))
}

/// The updates that are made by choice: all but the control's.
pub(crate) fn choices() -> core::ops::Range<usize> {
    1..UPDATES.len()
}

/// The number of one of the updates, other than the control's, from a random number.
pub(crate) fn choose(random: u32, big: bool) -> usize {
    let choices = if big { UPDATES.len() } else { LITTLE } as u32 - 1;
    // The upper bits of the product: no division, and no bias that matters.
    1 + (((random >> 16) * choices) >> 16) as usize
}

/// How often each update was made by one side, which is the only one to write it.
pub(crate) struct Tally([AtomicU32; UPDATES.len()]);

impl Tally {
    pub(crate) const fn new() -> Self {
        Self([const { AtomicU32::new(0) }; UPDATES.len()])
    }

    fn get(&self, update: usize) -> u32 {
        self.0.get(update).map_or(0, |count| count.load(Relaxed))
    }

    pub(crate) fn count(&self, update: usize) {
        if let Some(count) = self.0.get(update) {
            count.store(count.load(Relaxed) + 1, Relaxed);
        }
    }

    /// Makes the update, and the control's.
    pub(crate) fn make(&self, update: usize) {
        for number in [update, CONTROL_UPDATE] {
            if let Some(update) = UPDATES.get(number) {
                (update.work)();
                self.count(number);
            }
        }
    }

    /// The count of the update that was made least often; of the big ones only if `big`.
    pub(crate) fn least(&self, big: bool) -> u32 {
        let updates = 1..if big { UPDATES.len() } else { LITTLE };
        updates.map(|update| self.get(update)).min().unwrap_or(0)
    }
}

/// Main and the interrupt.
pub(crate) static SIDES: [Tally; 2] = [const { Tally::new() }; 2];

/// A total that starts a storm somewhere else than where the last one ended.
struct Lift {
    total: Total,
    /// How many of the total's units are 1.
    unit: i64,
    add: fn(u32),
    by: AtomicU32,
}

static LIFTS: [Lift; 4] = [
    Lift::new(T::Int, 1, |by| INT.inc_by(by.into())),
    Lift::new(T::Small, 1, |by| SMALL.inc_by(by)),
    Lift::new(T::Float, 4, |by| _ = FLOAT.inc_by(by.into())),
    Lift::new(T::Child, 4, |by| _ = child().map(|child| child.inc_by(by.into()))),
];

impl Lift {
    const fn new(total: Total, unit: i64, add: fn(u32)) -> Self {
        Self { total, unit, add, by: AtomicU32::new(0) }
    }

    fn amount(&self) -> i64 {
        self.unit * i64::from(self.by.load(Relaxed))
    }
}

/// Lifts totals, which are still below `level`, to where the updates of the next storm pass it.
pub(crate) fn lift(level: u32) {
    for lift in &LIFTS {
        let by = level - 150 - (lift.total.actual() / lift.unit) as u32;
        (lift.add)(by);
        lift.by.store(lift.by.load(Relaxed) + by, Relaxed);
    }
}
