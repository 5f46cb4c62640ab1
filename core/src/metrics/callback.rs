//! Values that are asked for when a page is read: a function in place of a cell.

use crate::buckets::Bounds;
use crate::fault::declaration;
use crate::kind::sealed::Sealed;
use crate::kind::{Item, Kind, KindCell, MetricValue, Part, Shape, Special, Type};
use crate::numbers::compare;
use crate::numbers::number::Number;
use core::ffi::c_void;
use core::mem::offset_of;

/// A [`Gauge`](crate::Gauge) whose value is asked for: free memory, a queue's length, a temperature.
///
/// The function is called once for each page, by the thread that reads the page, and never while
/// anything is locked. It may give any float, NaN included. Page after page it is called again, so it
/// should be quick. A constant of one pointer, or, where a closure takes along what it asks, as large as that.
///
/// ```
/// fn free_bytes() -> f64 {
///     // Ask the allocator.
/// #   1024.0
/// }
///
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Free memory.
///     static FREE: GaugeFn = "heap_free_bytes", function = free_bytes;
/// }
/// use nanoprom::GaugeFn;
/// # let mut page = String::new();
/// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
/// # assert!(page.contains("heap_free_bytes 1024\n"), "{page}");
/// ```
///
/// A closure is asked where tables are made at run time:
///
/// ```
/// use nanoprom::{GaugeFn, Group, Metric, Value, sample_value};
/// use std::sync::Mutex;
///
/// let queue = Mutex::new(vec![1, 2, 3]);
/// let depth = GaugeFn::new(|| queue.lock().unwrap().len() as f64);
/// let rows = [Metric::new("queue_depth", "Jobs that wait.", &depth)];
/// assert_eq!(sample_value(&Group::new(&rows), "queue_depth", &[]), Some(Value::Float(3.0)));
/// ```
pub struct GaugeFn<F = fn() -> f64> {
    function: F,
}

/// A [`Counter`](crate::Counter) whose total is asked for: one that a driver or the system keeps anyway.
///
/// The function is called as that of [`GaugeFn`] is, and gives a total that only goes up. What no total
/// can be, a negative number, NaN or an infinity, is shown as 0, which Prometheus takes for a restart.
///
/// ```
/// fn uptime() -> f64 {
///     // Ask a timer.
/// #   12.5
/// }
///
/// nanoprom::metrics! {
///     pub static METRICS;
///     /// Time since the start, in seconds.
///     static UPTIME: CounterFn = "uptime_seconds_total", function = uptime;
/// }
/// use nanoprom::CounterFn;
/// # let mut page = String::new();
/// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
/// # assert!(page.contains("uptime_seconds_total 12.5\n"), "{page}");
/// ```
pub struct CounterFn<F = fn() -> f64> {
    function: F,
}

/// A function of C and what it is given.
#[repr(C)]
pub struct Callback {
    function: Option<unsafe extern "C" fn(*mut c_void) -> f64>,
    context: *mut c_void,
}

// SAFETY: the function may be called from any thread, with its context.
unsafe impl Send for Callback {}
// SAFETY: as above.
unsafe impl Sync for Callback {}

impl Callback {
    /// Offsets of the fields in their order, for the C ABI.
    pub const OFFSETS: [usize; 2] = [offset_of!(Self, function), offset_of!(Self, context)];

    /// Whether there is no function, in a C table.
    pub(crate) const fn is_missing(&self) -> bool {
        self.function.is_none()
    }

    #[inline]
    fn ask(&self) -> f64 {
        // SAFETY: function and context were given together, for calls from anywhere.
        self.function.map_or(f64::NAN, |function| unsafe { function(self.context) })
    }
}

fn gauge(value: f64) -> Item {
    Item::plain("", Number::float(value))
}

fn counter(total: f64) -> Item {
    let possible = compare::is_not_negative(total) && !compare::exceeds(total, compare::FINITE);
    Item::plain("_total", Number::float(if possible { total } else { 0.0 }))
}

/// Reads a cell of type `C` as `item` makes it of what `ask` gives.
macro_rules! kind_of_c {
    ($kind:ident, $of:ident, $item:ident) => {
        #[doc = concat!("One metric of type ", stringify!($of), ", whose value a function of C gives.")]
        pub static $kind: KindCell = {
            unsafe fn load(cell: *const (), _: &Bounds<'_>, part: &mut Part, item: &mut Item) {
                part.last = true;
                // SAFETY: `Load` is given a cell of this kind.
                *item = $item(unsafe { &*cell.cast::<Callback>() }.ask());
            }
            static KIND: Kind = Kind::single(Type::$of, Shape::Callback, load, &Special::NONE);
            KindCell::new(&KIND)
        };
    };
}
kind_of_c!(GAUGE_CALLBACK, Gauge, gauge);
kind_of_c!(COUNTER_CALLBACK, Counter, counter);

/// How a callback metric is declared.
macro_rules! declare {
    ($name:ident, $of:ident, $item:ident) => {
        impl<F: Fn() -> f64 + Sync> $name<F> {
            /// A metric whose value `function` gives.
            pub const fn new(function: F) -> Self {
                Self { function }
            }

            const OF: Kind = Kind::single(Type::$of, Shape::Cell, Self::load, &Special::NONE);

            unsafe fn load(cell: *const (), _: &Bounds<'_>, part: &mut Part, item: &mut Item) {
                part.last = true;
                // SAFETY: `Load` is given a cell of this kind.
                *item = $item((unsafe { &*cell.cast::<Self>() }.function)());
            }
        }

        impl $name {
            #[doc(hidden)]
            pub const fn __declare(metric: &str) -> Self {
                declaration(metric, "asks a function, which `function = ...` names")
            }

            #[doc(hidden)]
            pub const fn __declare_function(_metric: &str, function: fn() -> f64) -> Self {
                Self::new(function)
            }
        }

        impl<F> Sealed for $name<F> {}

        impl<F: Fn() -> f64 + Sync> MetricValue for $name<F> {
            const KIND: &'static KindCell = &KindCell::new(&Self::OF);
        }
    };
}
declare!(GaugeFn, Gauge, gauge);
declare!(CounterFn, Counter, counter);
