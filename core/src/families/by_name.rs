//! Label values by the names of their labels, in any order.

use crate::error::Refused;
use crate::families::any_family::{AnyFamily, LabelValues};
use crate::families::hash::equal;
use crate::label::LabelName;

/// The value that stands with `name`.
pub(crate) fn value_of<'v>(
    mut labels: impl Iterator<Item = (&'v [u8], &'v [u8])>,
    name: &[u8],
) -> Option<&'v [u8]> {
    labels.find(|(other, _)| equal(other, name)).map(|(_, value)| value)
}

/// The values in the order of these label names; `None` where the names are not those, each once.
pub(crate) fn in_order<'v, const L: usize>(
    names: &[LabelName<'_>],
    labels: &[(&'v str, &'v str); L],
) -> Option<[&'v str; L]> {
    let mut values = [""; L];
    for (name, value) in names.iter().zip(&mut values) {
        // Each name once: a label that is unknown or there twice leaves another one out.
        *value = labels.iter().find(|label| equal(label.0.as_bytes(), name.name()))?.1;
    }
    Some(values)
}

impl AnyFamily {
    /// The values of these labels in the order of the family's names. `labels` gives as many as the family
    /// has, so that one that is unknown or there twice leaves another one out.
    ///
    /// # Errors
    ///
    /// Where they are not those of the family, each once.
    pub fn in_order<'v>(
        &self,
        labels: impl Iterator<Item = (&'v [u8], &'v [u8])> + Clone,
    ) -> Result<impl LabelValues<'v>, Refused> {
        if self.names().iter().any(|name| value_of(labels.clone(), name.name()).is_none()) {
            return Err(Refused::LabelNames);
        }
        let value = move |name: &LabelName<'static>| value_of(labels.clone(), name.name());
        Ok(self.names().iter().map(move |name| value(name).unwrap_or_default()))
    }
}
