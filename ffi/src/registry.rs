//! Registries: groups that join and leave at run time, and rows that are made at run time.

use crate::group::write_message;
use crate::status::{
    NPROM_ERR_BUSY, NPROM_ERR_NOT_FOUND, NPROM_ERR_NULL, NPROM_ERR_TABLE, NPROM_OK,
};
use crate::types::{nprom_group_t, nprom_node_t, nprom_registry_t};
use core::ffi::c_char;
use nanoprom_core::abi::{NotJoined, Refusal};
use nanoprom_core::{Group, Node, Registry};

fn of_result(result: Result<(), NotJoined>) -> i32 {
    match result {
        Ok(()) => NPROM_OK,
        Err(Refusal::Place) => NPROM_ERR_NOT_FOUND,
        Err(Refusal::Clash(_)) => NPROM_ERR_TABLE,
        Err(Refusal::Shown | Refusal::Busy) => NPROM_ERR_BUSY,
    }
}

/// # Safety
///
/// Both are null or initialised, and stay where they are as long as the node is in the registry.
unsafe fn both<'a>(
    registry: *mut nprom_registry_t,
    node: *mut nprom_node_t,
) -> Option<(&'a Registry<'static>, &'a Node<'static>)> {
    // SAFETY: the caller's promise.
    unsafe {
        if node.is_null() || (*node).group.is_null() {
            return None;
        }
        Some((
            registry.cast::<Registry<'static>>().as_ref()?,
            node.cast::<Node<'static>>().as_ref()?,
        ))
    }
}

/// Makes a node for `group`, in no registry. Never for one that is in a registry. Returns NPROM_OK or
/// NPROM_ERR_NULL.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_node_init(
    node: *mut nprom_node_t,
    group: *const nprom_group_t,
) -> i32 {
    // SAFETY: null or a group that outlives the node.
    let group = unsafe { group.cast::<Group<'static>>().as_ref() };
    let (Some(group), false) = (group, node.is_null()) else {
        return NPROM_ERR_NULL;
    };
    // SAFETY: the caller's memory.
    unsafe { node.cast::<Node<'static>>().write(Node::new(group)) };
    NPROM_OK
}

/// Adds the group of `node` to the pages of `registry`, in front of those that are there, after the check of
/// nprom_check, also against them. Pages that are being read do not show it. From any thread; never from an
/// interrupt handler. From now on the node's memory is the registry's, until nprom_registry_unlink
/// has returned NPROM_OK, after an error too; the group and its metrics must last as long.
///
/// Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_TABLE with a message as nprom_check gives it,
/// NPROM_ERR_BUSY while a node is unlinked, or NPROM_ERR_NOT_FOUND where the node is in a
/// registry already.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_registry_register(
    registry: *mut nprom_registry_t,
    node: *mut nprom_node_t,
    message: *mut c_char,
    message_len: usize,
) -> i32 {
    // SAFETY: as the header asks for.
    let Some((registry, node)) = (unsafe { both(registry, node) }) else {
        return NPROM_ERR_NULL;
    };
    // SAFETY: as the header asks for.
    let result = unsafe { registry.__register(node) };
    if let Err(Refusal::Clash(fault)) = &result {
        // SAFETY: null or the caller's buffer.
        unsafe { write_message(fault.as_str(), message, message_len) };
    }
    of_result(result)
}

/// Takes the group of `node` off the pages of `registry`; a page that has begun with the group shows all of
/// it. Its names are free, and it may be registered again, in this registry. From any thread and interrupt
/// handler. Returns NPROM_OK, NPROM_ERR_NULL, NPROM_ERR_NOT_FOUND where it is not registered there,
/// or NPROM_ERR_BUSY while a node is being unlinked, which is done in a moment.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_registry_unregister(
    registry: *mut nprom_registry_t,
    node: *mut nprom_node_t,
) -> i32 {
    // SAFETY: as the header asks for.
    match unsafe { both(registry, node) } {
        Some((registry, node)) => of_result(registry.__unregister(node)),
        None => NPROM_ERR_NULL,
    }
}

/// Takes an unregistered node out of the registry for good: after NPROM_OK the memory of node, group and
/// metrics is the caller's. It never waits.
///
/// Returns NPROM_OK, also where the node is in no registry; NPROM_ERR_NULL; NPROM_ERR_BUSY while
/// somebody is between nprom_scrape_begin and nprom_scrape_end or registers a node, and where
/// this one is still registered; or NPROM_ERR_NOT_FOUND where it is in another registry.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_registry_unlink(
    registry: *mut nprom_registry_t,
    node: *mut nprom_node_t,
) -> i32 {
    // SAFETY: as the header asks for.
    match unsafe { both(registry, node) } {
        Some((registry, node)) => of_result(registry.__unlink(node)),
        None => NPROM_ERR_NULL,
    }
}

/// Says that a page of `registry` is about to be read, which keeps its nodes from being unlinked. Only needed
/// where nodes are; the server and nprom_write_textfile of nanoprom_host.h do it by themselves. From any
/// thread; any number of times at once. Returns NPROM_OK, NPROM_ERR_NULL, or NPROM_ERR_BUSY while a node is
/// being unlinked, which is done in a moment.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_scrape_begin(registry: *mut nprom_registry_t) -> i32 {
    // SAFETY: null or a registry.
    match unsafe { registry.cast::<Registry<'static>>().as_ref() } {
        Some(registry) if registry.__scrape_begin() => NPROM_OK,
        Some(_) => NPROM_ERR_BUSY,
        None => NPROM_ERR_NULL,
    }
}

/// Ends what a successful nprom_scrape_begin began: no cursor of that page is read any more.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_scrape_end(registry: *mut nprom_registry_t) {
    // SAFETY: null or a registry.
    if let Some(registry) = unsafe { registry.cast::<Registry<'static>>().as_ref() } {
        registry.__scrape_end();
    }
}
