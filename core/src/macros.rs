//! `metrics!`: a metric's name, help, type, labels and value, stated once.

/// Declares metrics and the group that exposes them, checked by the compiler.
///
/// ```
/// nanoprom::metrics! {
///     /// The group: `encode(&METRICS, …)`.
///     pub static METRICS;
///
///     /// Requests served.
///     ///
///     /// Only the first paragraph is the HELP text.
///     pub static REQUESTS: Counter = "http_requests_total";
///     /// Time to answer, in seconds.
///     pub static LATENCY: Histogram<14> = "http_request_duration_seconds",
///         buckets = DEFAULT_BUCKETS;
///     /// Responses by method and status code.
///     pub static RESPONSES: Family<Counter, 2, 16> = "http_responses_total",
///         labels = ["method", "code"];
/// }
/// use nanoprom::{Counter, DEFAULT_BUCKETS, Family, Histogram};
///
/// REQUESTS.inc();
/// LATENCY.observe(0.02);
/// RESPONSES.labels(["GET", "200"])?.inc();
/// # Ok::<(), nanoprom::Refused>(())
/// ```
///
/// The parts of a declaration come in this order, after the name:
///
/// * `unit = "…"`: the unit, which OpenMetrics shows; the name gets `_` and the unit behind it unless it ends so,
///   in front of `_total`;
/// * `buckets = […]`: upper bounds of a histogram, or of a family of histograms; `+Inf` is always there, and
///   may be written as the last one;
/// * `ticks_per_unit = …`: where these observe ticks, how many make one unit of the page; 1 if left out;
/// * `function = …`: what a [`GaugeFn`](crate::GaugeFn) or [`CounterFn`](crate::CounterFn) asks;
/// * `collector = …`: what a [`Collected`](crate::Collected) asks;
/// * `labels = ["…", …]`: label names of a family;
/// * `overflow = other`: what a family does with labels that it refuses, see
///   [`with_overflow`](crate::Family::with_overflow);
/// * `series = [["…", …] => &cell, …]`: the rows of a table of [`Series`](crate::Series), behind its `labels`;
/// * `labels = [name = "…", …]`: the labels of an [`Info`](crate::Info);
/// * `section = "…"`: the linker section of the memory that changes. A name that begins with `.bss` or
///   `.noinit` takes no room in the image; any other does, zeros included.
///
/// The group may have `prefix = "…"` (namespace and subsystem, `prefix = "shop_http_"`) and
/// `labels = [name = "value", …]`, which go in front of every name and onto every series, and
/// `include = […]`: other groups, whose rows come behind its own, with a prefix and labels if wanted.
/// `default = false` keeps it out of the default registry (`default_registry`, feature
/// `default-registry`).
///
/// ```
/// mod driver {
///     nanoprom::metrics! {
///         pub static METRICS;
///         /// Frames received.
///         pub static FRAMES: IntCounter = "frames_total";
///     }
///     use nanoprom::IntCounter;
/// }
/// nanoprom::metrics! {
///     pub static METRICS, labels = [site = "north"],
///         include = [driver::METRICS { prefix = "eth0_", labels = [speed = "1000"] }];
/// }
/// # let mut page = String::new();
/// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
/// # assert!(page.contains("eth0_frames_total{site=\"north\",speed=\"1000\"} 0"), "{page}");
/// ```
///
/// `#[cfg(…)]` on a metric removes its row too. The build fails, with a sentence that names the
/// metric, for whatever [`check`](crate::check) refuses.
#[macro_export]
macro_rules! metrics {
    (
        $(#[$($group_attr:tt)*])*
        $group_vis:vis static $group:ident
            $(, prefix = $prefix:expr)?
            $(, labels = [$($label:ident = $value:expr),+ $(,)?])?
            $(, include = [$(
                $inner:path $({
                    $(prefix = $inner_prefix:literal $(,)?)?
                    $(labels = [$($inner_label:ident = $inner_value:expr),+ $(,)?] $(,)?)?
                })?
            ),+ $(,)?])?
            $(, default = $default:tt)?;
        $(
            $(#[$($attr:tt)*])*
            $vis:vis static $name:ident: $type:ty = $metric:literal $(, unit = $unit:literal)?
                $(, buckets = $buckets:expr)? $(, ticks_per_unit = $ticks:expr)?
                $(, function = $function:expr)? $(, collector = $collector:expr)?
                $(, labels = [$($names:literal),+ $(,)?])? $(, overflow = $overflow:ident)?
                $(, series = [$([$($values:expr),+ $(,)?] => $cell:expr),+ $(,)?])?
                $(, labels = [$($fact:ident = $fact_value:expr),+ $(,)?])?
                $(, section = $section:literal)?;
        )*
    ) => {
        $(
            $crate::__metric! {
                [$(#[$($attr)*])*] $vis $name [$type] $metric
                [$($buckets)?] [$($ticks)?] [$($($names)+)?] [$(#[unsafe(link_section = $section)])?]
                $(overflow = $overflow)? $(series = [$([$($values),+] => $cell),+])?
                $(function = $function)? $(collector = $collector)? $(labels = [$($fact = $fact_value),+])?
            }
        )*
        $(#[$($group_attr)*])*
        $group_vis static $group: $crate::Group<'static> = {
            #[allow(unused_doc_comments)]
            const ROWS: &[$crate::Metric<'static>] = &[
                $(
                    $(#[$($attr)*])*
                    $crate::Metric::new(
                        $crate::__named!([$type] $metric $($unit)?),
                        $crate::__help!($metric $([$($attr)*])*),
                        &$name,
                    )$(.with_unit($unit))?,
                )*
                $($($crate::__include!($inner $({
                    $($inner_prefix)? [$($($inner_label = $inner_value),+)?]
                })?),)+)?
            ];
            $crate::Group::new(ROWS)
                $(.with_prefix($prefix))?
                $(.with_labels(const {
                    &[$($crate::Label::new(::core::stringify!($label), $value)),+]
                }))?
        };
        $crate::__join!($group $($default)?);
        $($(const _: () = $crate::__help::check_section($metric, $section);)?)*
        const _: () = $crate::__check_or_panic::<{ $crate::__table_len(&$group) }>(&$group);
    };
}

/// A metric's name, with its unit where it has one.
#[doc(hidden)]
#[macro_export]
macro_rules! __named {
    ([$type:ty] $metric:literal) => {
        $metric
    };
    ([$type:ty] $metric:literal $unit:literal) => {{
        const KIND: &$crate::abi::KindCell = <$type as $crate::MetricValue>::KIND;
        const TEXT: [u8; $crate::__unit::len(KIND, $metric, $unit)] =
            $crate::__unit::join(KIND, $metric, $unit);
        $crate::__help::text(&TEXT)
    }};
}

/// One static of [`metrics!`]: the metric itself, or a handle with its cells.
#[doc(hidden)]
#[macro_export]
macro_rules! __metric {
    ([$($attr:tt)*] $vis:vis $name:ident [$type:ty] $metric:literal [] [$($ticks:expr)?] [] [$($section:tt)*]) => {
        $($attr)* $($section)*
        $vis static $name: $type = <$type>::__declare($metric)$(.__declare_ticks($metric, $ticks))?;
    };
    ([$($attr:tt)*] $vis:vis $name:ident [$type:ty] $metric:literal
        [$buckets:expr] [$($ticks:expr)?] [] [$($section:tt)*]) => {
        $($attr)*
        $vis static $name: $type = {
            $($section)*
            static CELLS: <$type as $crate::__Declare>::Cells = <$type as $crate::__Declare>::CELLS;
            <$type>::__declare_buckets($metric, &CELLS, const { &$buckets })
                $(.__declare_ticks($metric, $ticks))?
        };
    };
    ([$($attr:tt)*] $vis:vis $name:ident [$type:ty] $metric:literal
        [$($buckets:expr)?] [$($ticks:expr)?] [$($names:literal)+] [$($section:tt)*]
        $(overflow = $overflow:ident)?) => {
        $($attr)*
        $vis static $name: $type = {
            $($section)*
            static CELLS: <$type as $crate::__Declare>::Cells = <$type as $crate::__Declare>::CELLS;
            let names = const { &$crate::label_names![$($names),+] };
            let buckets = const { &$crate::__or_empty!($($buckets)?) };
            // SAFETY: nobody else can name these cells.
            unsafe { <$type>::__declare_labels($metric, &CELLS, names, buckets) }
            $(.__declare_ticks($metric, $ticks))?
            $(.with_overflow($crate::__overflow!($metric $overflow)))?
        };
    };
    ([$($attr:tt)*] $vis:vis $name:ident [$type:ty] $metric:literal [] [] [$($names:literal)+] []
        series = [$([$($values:expr),+] => $cell:expr),+]) => {
        $($attr)*
        $vis static $name: $type = <$type>::__declare_series(
            $metric,
            const { &$crate::label_names![$($names),+] },
            const { &[$($crate::SeriesRow::new([$($values),+], $cell)),+] },
        );
    };
    ([$($attr:tt)*] $vis:vis $name:ident [$type:ty] $metric:literal
        [$($buckets:expr)?] [$($ticks:expr)?] [] [$($section:tt)*]
        overflow = $overflow:ident) => {
        ::core::compile_error!(::core::concat!(
            "metric '", $metric, "' has `overflow`, which is for families with labels"
        ));
    };
    ([$($attr:tt)*] $vis:vis $name:ident [$type:ty] $metric:literal [] [] [] [] function = $function:expr) => {
        $($attr)*
        $vis static $name: $type = <$type>::__declare_function($metric, $function);
    };
    ([$($attr:tt)*] $vis:vis $name:ident [$type:ty] $metric:literal [] [] [] [] collector = $collector:expr) => {
        $($attr)*
        $vis static $name: $type = <$type>::__declare_collector($metric, $collector);
    };
    ([$($attr:tt)*] $vis:vis $name:ident [$type:ty] $metric:literal [] [] [] []
        labels = [$($label:ident = $value:expr),+]) => {
        $($attr)*
        $vis static $name: $type = <$type>::__declare_info($metric, const {
            &[$($crate::Label::new(::core::stringify!($label), $value)),+]
        });
    };
}

/// The row of an included group, in a group of its own where it has a prefix or labels.
#[doc(hidden)]
#[macro_export]
macro_rules! __include {
    ($inner:path) => {
        $crate::Metric::group(&$inner)
    };
    ($inner:path { $($prefix:literal)? [$($label:ident = $value:expr),*] }) => {{
        static INCLUDED: $crate::Group<'static> = {
            const ROWS: &[$crate::Metric<'static>] = &[$crate::Metric::group(&$inner)];
            $crate::Group::new(ROWS)
                $(.with_prefix($prefix))?
                .with_labels(const { &[$($crate::Label::new(::core::stringify!($label), $value)),*] })
        };
        $crate::Metric::group(&INCLUDED)
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __overflow {
    ($metric:literal other) => {
        $crate::Overflow::Other
    };
    ($metric:literal error) => {
        $crate::Overflow::Error
    };
    ($metric:literal $unknown:ident) => {
        ::core::compile_error!(::core::concat!(
            "metric '",
            $metric,
            "': `overflow` is `other` or `error`"
        ))
    };
}

#[doc(hidden)]
#[macro_export]
macro_rules! __or_empty {
    () => {
        []
    };
    ($buckets:expr) => {
        $buckets
    };
}

/// The HELP text: the lines of the first paragraph of a doc comment, joined.
#[doc(hidden)]
#[macro_export]
macro_rules! __help {
    ($metric:literal $([$($attr:tt)*])*) => {{
        const LINES: &[Option<&str>] = &[$($crate::__doc!($($attr)*)),*];
        const LEN: usize = $crate::__help::len($metric, LINES);
        const TEXT: [u8; LEN] = $crate::__help::join(LINES);
        $crate::__help::text(&TEXT)
    }};
}

#[doc(hidden)]
#[macro_export]
macro_rules! __doc {
    (doc = $line:literal) => {
        Some($line)
    };
    ($($other:tt)*) => {
        None
    };
}
