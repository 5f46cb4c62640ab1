//! The published layout: cells in RAM, tables in read-only memory. The same bytes as the core's types.

use crate::string::nprom_str_t;
use core::ffi::{c_char, c_void};
use core::mem::offset_of;
use nanoprom_core::abi::{
    AnyFamily, AnyHistogram, AnyIntHistogram, AnyStateSet, Bucket32, Bucket64, Callback,
    FormatCell, KindCell, ListCell, OverflowCell,
};
use nanoprom_core::{
    Counter, Counter32, Gauge, Gauge32, Group, Histogram32Cells, HistogramCells, Info, IntCounter,
    IntGauge, IntHistogramCells, Label, LabelName, Metric, Node, Registry, StateName, Summary,
    Untyped,
};

/// cbindgen:ignore
///
/// The header defines this as a union, see cbindgen.toml.
#[repr(C, align(8))]
#[derive(Clone, Copy)]
pub struct nprom_cell64_t {
    words: [u32; 2],
}

/// A total of any non-negative amounts. 16 bytes; all zeros is a counter at 0.
#[repr(C)]
pub struct nprom_counter_t {
    /// Whole amounts.
    pub whole: nprom_cell64_t,
    /// All other amounts, a float.
    pub rest: nprom_cell64_t,
}

/// A total of whole events. 8 bytes; all zeros is a counter at 0.
#[repr(C)]
pub struct nprom_int_counter_t {
    /// The total.
    pub total: nprom_cell64_t,
}

/// A small total that stops at 2^32 - 1. 4 bytes; zero is a counter at 0.
#[repr(C)]
pub struct nprom_counter32_t {
    /// The total.
    pub total: u32,
}

/// A value that goes up and down, a float. 8 bytes; all zeros is a gauge at 0.
#[repr(C)]
pub struct nprom_gauge_t {
    /// The value, a float.
    pub value: nprom_cell64_t,
}

/// A whole number of 64 bits that goes up and down. 8 bytes; all zeros is a gauge at 0.
#[repr(C)]
pub struct nprom_int_gauge_t {
    /// The value, signed.
    pub value: nprom_cell64_t,
}

/// A whole number of 32 bits that goes up and down. 4 bytes; zero is a gauge at 0.
#[repr(C)]
pub struct nprom_gauge32_t {
    /// The value, signed, in two's complement.
    pub value: u32,
}

/// How many values were observed, and their sum. 16 bytes; all zeros is a summary without observations.
#[repr(C)]
pub struct nprom_summary_t {
    /// The sum, a float.
    pub sum: nprom_cell64_t,
    /// How many.
    pub count: nprom_cell64_t,
}

/// A number that may be a total or not, a float. 8 bytes; all zeros is 0.
#[repr(C)]
pub struct nprom_untyped_t {
    /// The value, a float.
    pub value: nprom_cell64_t,
}

/// Gives a value when a page is read. It is called by whoever reads the page, once for each, and so is
/// safe to call from wherever pages are read; it takes no lock that a reader may hold.
pub type nprom_value_fn = Option<unsafe extern "C" fn(context: *mut c_void) -> f64>;

/// A gauge or a counter whose value is asked for: a constant.
#[repr(C)]
pub struct nprom_callback_t {
    /// What is called.
    pub function: nprom_value_fn,
    /// What it is given.
    pub context: *mut c_void,
}

/// Facts that do not change: a constant that points to labels. Made by NPROM_DEFINE_INFO.
#[repr(C)]
pub struct nprom_info_t {
    /// The labels.
    pub labels: *const nprom_label_t,
    /// How many labels.
    pub label_count: u32,
}

/// Which of up to 32 states something is in: a constant that points to their names and to a word of
/// memory. Made by NPROM_DEFINE_STATE_SET. A word of zeros is a set in its first state.
#[repr(C)]
pub struct nprom_state_set_t {
    /// The names.
    pub names: *const nprom_str_t,
    /// Private: a bit for each state.
    pub bits: *mut u32,
    /// How many states.
    pub count: u32,
}

/// A histogram: a constant that points to its bounds and to its cells.
///
/// The cells are the sum (a float), the count above the last bound, and one count for each bound.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_histogram_t {
    /// Upper bounds, ascending, +Inf left out.
    pub bounds: *const f64,
    /// 2 + bound_count cells, all zeros to begin with.
    pub cells: *mut nprom_cell64_t,
    /// How many bounds.
    pub bound_count: u32,
}

/// A histogram of whole numbers: a constant that points to its bounds and to its cells.
///
/// The cells are the sum, the count above the last bound, and one count for each bound.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_int_histogram_t {
    /// Upper bounds in ticks, ascending, +Inf left out.
    pub bounds: *const u32,
    /// 2 + bound_count cells, all zeros to begin with.
    pub cells: *mut nprom_cell64_t,
    /// How many bounds.
    pub bound_count: u32,
    /// How many ticks make one unit of the page, at least 1.
    pub ticks_per_unit: u32,
}

/// A histogram of whole numbers with small counts, which stop at 2^32 - 1: a constant that points to its
/// bounds and to its cells.
///
/// The cells are the sum, and in 32 bits each the count above the last bound and one count for each
/// bound.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_histogram32_t {
    /// Upper bounds in ticks, ascending, +Inf left out.
    pub bounds: *const u32,
    /// 1 + (bound_count + 2) / 2 cells, all zeros to begin with.
    pub cells: *mut nprom_cell64_t,
    /// How many bounds.
    pub bound_count: u32,
    /// How many ticks make one unit of the page, at least 1.
    pub ticks_per_unit: u32,
}

/// What a row's metric is; only pointers to the library's own are of use.
#[repr(C)]
pub struct nprom_kind_t {
    /// Private.
    pub kind: *const c_void,
}

/// A format of pages: NPROM_TEXT or NPROM_OPENMETRICS.
#[repr(C)]
pub struct nprom_format_t {
    /// Private.
    pub writer: *const c_void,
}

/// A row of a table: made by NPROM_COUNTER and its sisters.
#[repr(C)]
pub struct nprom_metric_t {
    /// The name.
    pub name: *const c_char,
    /// The help text.
    pub help: *const c_char,
    /// The cell, the handle or the group.
    pub value: *const c_void,
    /// What `value` points to.
    pub kind: *const nprom_kind_t,
    /// Length of the name in bytes.
    pub name_len: u8,
    /// Length of the unit at the end of the name, 0 where none is given.
    pub unit_len: u8,
    /// Length of the help text in bytes.
    pub help_len: u16,
}

/// A constant label of a group: made by NPROM_LABEL.
#[repr(C)]
pub struct nprom_label_t {
    /// The name.
    pub name: *const c_char,
    /// The value.
    pub value: *const c_char,
    /// Length of the name in bytes.
    pub name_len: u16,
    /// Length of the value in bytes.
    pub value_len: u16,
}

/// A table of metrics: made by NPROM_GROUP_INIT.
#[repr(C)]
pub struct nprom_group_t {
    /// The rows, or what `list` says.
    pub rows: *const nprom_metric_t,
    /// Constant labels.
    pub labels: *const nprom_label_t,
    /// What stands in front of every name.
    pub prefix: *const c_char,
    /// How many rows.
    pub row_count: u16,
    /// How many constant labels.
    pub label_count: u16,
    /// Length of the prefix in bytes.
    pub prefix_len: u8,
    /// Private: 1 where the group stands for a list of groups.
    pub list: u8,
    /// Private: what makes a header of another ABI fail to link.
    pub abi: *const u8,
}

/// A sort of lists of groups; only pointers to the library's own are of use.
#[repr(C)]
pub struct nprom_list_t {
    /// Private.
    pub list: *const c_void,
}

/// Groups that join and leave at run time: made by NPROM_REGISTRY_INIT.
#[repr(C)]
pub struct nprom_registry_t {
    /// Private.
    pub list: *const nprom_list_t,
    /// Private: the list.
    pub newest: *mut c_void,
    /// Private: how many are in the list.
    pub users: u32,
    /// Private: how often a node was shown.
    pub shown: u32,
    /// What stands for all its groups wherever a group is asked for.
    pub group: nprom_group_t,
}

/// The caller's memory for a group's membership in a registry: made by NPROM_NODE_INIT or nprom_node_init.
#[repr(C)]
pub struct nprom_node_t {
    /// The group.
    pub group: *const nprom_group_t,
    /// Private.
    pub next: *const c_void,
    /// Private.
    pub state: u32,
    /// Private.
    pub since: u32,
    /// Private.
    pub around: *const nprom_group_t,
    /// Private.
    pub row: nprom_metric_t,
    /// Private.
    pub row_group: nprom_group_t,
}

/// The name of a family's label, with the text around it on the page.
#[repr(C)]
pub struct nprom_label_name_t {
    /// `",name="`
    pub glue: *const c_char,
    /// Length of the glue in bytes.
    pub len: u32,
}

/// What a family counts about itself. 24 bytes, all zeros to begin with.
#[repr(C)]
pub struct nprom_family_head_t {
    /// Private.
    pub pool: [u32; 2],
    /// Private.
    pub text: u32,
    /// Private.
    pub reserved: u32,
    /// Private.
    pub refused: nprom_cell64_t,
}

/// What a family does with labels that it refuses: null for an error, or &nprom_overflow_other.
#[repr(C)]
pub struct nprom_overflow_t {
    /// Private.
    pub policy: *const c_void,
}

/// A family: a constant that points to its memory; made by NPROM_DEFINE_COUNTER_FAMILY and its
/// sisters.
#[repr(C)]
pub struct nprom_family_t {
    /// What its children are.
    pub kind: *const nprom_kind_t,
    /// Counts of the family itself.
    pub head: *mut nprom_family_head_t,
    /// The index, two words for each series.
    pub slots: *mut u32,
    /// The series.
    pub records: *mut c_void,
    /// Memory for label text.
    pub text: *mut c_char,
    /// Label names.
    pub names: *const nprom_label_name_t,
    /// Upper bounds that the children share, if they are histograms: of double, or of uint32_t in ticks.
    pub bounds: *const c_void,
    /// What is done with labels that are refused.
    pub overflow: *const nprom_overflow_t,
    /// How many ticks make one unit of the page, 1 where the children observe no ticks.
    pub ticks_per_unit: u32,
    /// Most series.
    pub capacity: u32,
    /// Bytes of label text.
    pub text_size: u32,
    /// Bytes of a series.
    pub record_size: u16,
    /// Bytes of a child.
    pub cell_size: u16,
    /// How many labels.
    pub label_count: u16,
    /// How many bounds.
    pub bound_count: u16,
}

/// Same size and alignment.
macro_rules! mirrors {
    ($($c:ty => $rust:ty),+ $(,)?) => {
        $(const _: () = assert!(
            size_of::<$c>() == size_of::<$rust>() && align_of::<$c>() == align_of::<$rust>(),
            concat!(stringify!($c), " does not mirror ", stringify!($rust))
        );)+
    };
}
mirrors! {
    nprom_counter_t => Counter,
    nprom_int_counter_t => IntCounter,
    nprom_counter32_t => Counter32,
    nprom_gauge_t => Gauge,
    nprom_int_gauge_t => IntGauge,
    nprom_gauge32_t => Gauge32,
    nprom_summary_t => Summary,
    nprom_untyped_t => Untyped,
    nprom_callback_t => Callback,
    nprom_info_t => Info,
    nprom_str_t => StateName,
    nprom_state_set_t => AnyStateSet,
    nprom_histogram_t => AnyHistogram,
    nprom_int_histogram_t => AnyIntHistogram<Bucket64>,
    nprom_histogram32_t => AnyIntHistogram<Bucket32>,
    [nprom_cell64_t; 16] => HistogramCells<14>,
    [nprom_cell64_t; 16] => IntHistogramCells<14>,
    [nprom_cell64_t; 9] => Histogram32Cells<14>,
    [nprom_cell64_t; 8] => Histogram32Cells<13>,
    nprom_kind_t => KindCell,
    nprom_format_t => FormatCell,
    nprom_metric_t => Metric<'static>,
    nprom_label_t => Label<'static>,
    nprom_group_t => Group<'static>,
    nprom_list_t => ListCell,
    nprom_registry_t => Registry<'static>,
    nprom_node_t => Node<'static>,
    nprom_label_name_t => LabelName<'static>,
    nprom_overflow_t => OverflowCell,
    nprom_family_t => AnyFamily,
}

pub(crate) use mirrors;

/// The same fields at the same offsets.
macro_rules! offsets {
    ($($c:ident { $($field:ident),+ $(,)? } == $rust:expr;)+) => {
        $(const _: () = {
            let c = [$(offset_of!($c, $field)),+];
            let rust = $rust;
            assert!(c.len() == rust.len());
            let mut at = 0;
            while at < c.len() {
                assert!(c[at] == rust[at], concat!("a field of ", stringify!($c), " is elsewhere"));
                at += 1;
            }
        };)+
    };
}
pub(crate) use offsets;
offsets! {
    nprom_histogram_t { bounds, cells, bound_count } == AnyHistogram::OFFSETS;
    nprom_int_histogram_t { bounds, cells, bound_count, ticks_per_unit } ==
        AnyIntHistogram::<Bucket64>::OFFSETS;
    nprom_histogram32_t { bounds, cells, bound_count, ticks_per_unit } ==
        AnyIntHistogram::<Bucket32>::OFFSETS;
    nprom_callback_t { function, context } == Callback::OFFSETS;
    nprom_info_t { labels, label_count } == Info::OFFSETS;
    nprom_state_set_t { names, bits, count } == AnyStateSet::OFFSETS;
    nprom_str_t { data, len } == StateName::OFFSETS;
    nprom_summary_t { sum, count } == Summary::OFFSETS;
    nprom_metric_t { name, help, value, kind, name_len, unit_len, help_len } == Metric::OFFSETS;
    nprom_label_t { name, value, name_len, value_len } == Label::OFFSETS;
    nprom_group_t { rows, labels, prefix, row_count, label_count, prefix_len, list, abi } == Group::OFFSETS;
    nprom_registry_t { list, newest, group } == Registry::OFFSETS;
    nprom_node_t { group, next, around, row } == Node::OFFSETS;
    nprom_label_name_t { glue, len } == LabelName::OFFSETS;
    nprom_family_t {
        kind, head, slots, records, text, names, bounds, overflow, ticks_per_unit, capacity, text_size,
        record_size, cell_size, label_count, bound_count
    } == AnyFamily::OFFSETS;
}

// What the header's macros build from these: sum, +Inf and buckets; head, cell and lengths.
const _: () = assert!(matches!(AnyHistogram::CELL_OFFSETS, [0, 8, 16]));
const _: () = assert!(matches!(AnyIntHistogram::<Bucket64>::CELL_OFFSETS, [0, 8, 16]));
const _: () = assert!(matches!(AnyIntHistogram::<Bucket32>::CELL_OFFSETS, [0, 8, 12]));
const _: () = assert!(matches!(AnyFamily::RECORD, [24, 8, 12]));
const _: () = assert!(size_of::<nprom_family_head_t>() == 24);
