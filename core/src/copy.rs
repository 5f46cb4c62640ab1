//! Copies of a few bytes, what an encoder does most.

use crate::atomic::COMPACT;

/// Copies a few bytes without a call: names, labels and numbers are rarely longer than 64 bytes.
///
/// # Safety
///
/// `from` is readable and `to` is writable for `len` bytes, and they do not overlap.
#[inline]
pub(crate) unsafe fn copy(from: *const u8, to: *mut u8, len: usize) {
    // SAFETY: the moves cover the first and the last bytes of `len`, and all between them, inside both.
    unsafe {
        if COMPACT {
            // Volatile, or the compiler would call `memcpy`, which little firmware has otherwise.
            for at in 0..len {
                to.add(at).write_volatile(*from.add(at));
            }
        } else if len >= 16 {
            if len > 64 {
                return core::ptr::copy_nonoverlapping(from, to, len);
            }
            // Lengths of labels are hard to predict: four moves that overlap, without a branch.
            let last = len - 16;
            for at in [0, last.min(16), last.min(32), last] {
                let part = from.add(at).cast::<[u8; 16]>().read_unaligned();
                to.add(at).cast::<[u8; 16]>().write_unaligned(part);
            }
        } else if len >= 8 {
            ends::<[u8; 8]>(from, to, len);
        } else if len >= 4 {
            ends::<[u8; 4]>(from, to, len);
        } else if len >= 2 {
            ends::<[u8; 2]>(from, to, len);
        } else if len == 1 {
            *to = *from;
        }
    }
}

/// Copies the first and the last `size_of::<T>()` bytes.
///
/// # Safety
///
/// As for [`copy`], and `len` is at least the size of `T` and at most twice that.
#[inline]
unsafe fn ends<T: Copy>(from: *const u8, to: *mut u8, len: usize) {
    // SAFETY: both ends lie inside `len` bytes; reads come first, and `T` has no alignment.
    unsafe {
        let last = len - size_of::<T>();
        let (head, tail) =
            (from.cast::<T>().read_unaligned(), from.add(last).cast::<T>().read_unaligned());
        to.cast::<T>().write_unaligned(head);
        to.add(last).cast::<T>().write_unaligned(tail);
    }
}

/// Copies `text` to the front of `to` and returns its length; 0, and nothing, where it does not fit.
#[inline]
pub(crate) fn copy_to_front(text: &[u8], to: &mut [u8]) -> usize {
    if text.len() > to.len() {
        return 0;
    }
    // SAFETY: as long as both, and an exclusive borrow overlaps with no other.
    unsafe { copy(text.as_ptr(), to.as_mut_ptr(), text.len()) };
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_of_every_length_is_copied_whole_and_nothing_besides() {
        let text: [u8; 100] = core::array::from_fn(|at| at as u8);
        for len in 0..text.len() {
            let mut to = [0xff; 120];
            assert_eq!(copy_to_front(&text[..len], &mut to), len);
            assert_eq!(&to[..len], &text[..len]);
            assert!(to[len..].iter().all(|&byte| byte == 0xff));
        }
        assert_eq!(copy_to_front(&text, &mut [0; 99]), 0);
    }
}
