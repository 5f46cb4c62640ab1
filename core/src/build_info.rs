//! What this library is, as a metric.

use crate::{Info, LAYOUT};

crate::metrics! {
    /// `nanoprom_build_info{version,layout} 1`, for those who include it:
    ///
    /// ```
    /// nanoprom::metrics! {
    ///     static METRICS, include = [nanoprom::BUILD_INFO];
    /// }
    /// # let mut page = String::new();
    /// # nanoprom::encode(&METRICS, nanoprom::Format::Text, &mut nanoprom::FmtWriter(&mut page)).unwrap();
    /// # assert!(page.contains("\nnanoprom_build_info{version=\""), "{page}");
    /// ```
    pub static BUILD_INFO, default = false;
    /// Version of nanoprom, and the layout of its values.
    static BUILD: Info = "nanoprom_build_info",
        labels = [version = env!("CARGO_PKG_VERSION"), layout = LAYOUT];
}
