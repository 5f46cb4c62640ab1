//! The server.

use crate::outcome::{Failure, status_of, text_of};
use crate::{build, signals};
use core::ffi::c_char;
use core::mem::offset_of;
use core::time::Duration;
use nanoprom_core::Group;
use nanoprom_core::http::Auth;
use nanoprom_core::server::{Limits, Server, Serving};

/// Where the server is when nobody says.
const ADDRESS: &str = "127.0.0.1:9464";

/// Limits of a server, 0 being the default of each, and what clients have to show.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct nprom_serve_options_t {
    pub connections: u32,
    pub idle_ms: u32,
    pub head_ms: u32,
    pub send_ms: u32,
    pub auth: *const nprom_auth_t,
    pub scratch: usize,
}

/// What the header calls so: made by libnanoprom, which is of the same build.
#[repr(C)]
pub struct nprom_auth_t {
    memory: [usize; 5],
}

const _: () = assert!(size_of::<Auth<'static>>() == size_of::<nprom_auth_t>());

// As the header has it.
const _: () = assert!(
    size_of::<nprom_serve_options_t>() == 16 + 2 * size_of::<*const u8>()
        && offset_of!(nprom_serve_options_t, auth) == 16
);

/// A server at work, private to this library.
pub struct nprom_server_t {
    serving: Serving,
}

fn limits(options: &nprom_serve_options_t) -> Limits {
    let default = Limits::default();
    let time = |milliseconds: u32, default| match milliseconds {
        0 => default,
        _ => Duration::from_millis(milliseconds.into()),
    };
    Limits {
        connections: match options.connections {
            0 => default.connections,
            some => some as usize,
        },
        idle: time(options.idle_ms, default.idle),
        head: time(options.head_ms, default.head),
        send: time(options.send_ms, default.send),
        scratch: if options.scratch == 0 { default.scratch } else { options.scratch },
    }
}

/// # Safety
///
/// `auth` points to what was made by libnanoprom or is all zeros, and outlives the server.
unsafe fn auth_of(auth: *const nprom_auth_t) -> Result<&'static Auth<'static>, Failure> {
    // SAFETY: the caller's promise.
    if unsafe { &*auth }.memory[Auth::JUDGE] == 0 {
        return Err(Failure::Null("the auth of the options, which was never made,"));
    }
    // SAFETY: the caller's promise.
    Ok(unsafe { &*auth.cast() })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_serve_start(
    group: *const Group<'static>,
    address: *const c_char,
    options: *const nprom_serve_options_t,
    server_out: *mut *mut nprom_server_t,
) -> i32 {
    build::check();
    status_of(|| {
        // SAFETY: null or the caller's variable.
        let out = unsafe { server_out.as_mut() }.ok_or(Failure::Null("server_out"))?;
        *out = core::ptr::null_mut();
        // SAFETY: null or a group that outlives the server.
        let group = unsafe { group.as_ref() }.ok_or(Failure::Null("the group"))?;
        // SAFETY: null or options that are only read here.
        let options = unsafe { options.as_ref() };
        // SAFETY: null or a string.
        let address = unsafe { text_of(address) }.map(|text| text.to_string_lossy());
        let address = address.as_deref().unwrap_or(ADDRESS);
        let failed = |error| Failure::System(format!("cannot serve at '{address}'"), error);
        let mut server = Server::bind(address).map_err(failed)?;
        if let Some(options) = options {
            server = server.with_limits(limits(options));
            if !options.auth.is_null() {
                // SAFETY: the caller's, which outlives the server.
                server = server.with_auth(unsafe { auth_of(options.auth)? });
            }
        }
        let serving = signals::kept_away(|| server.serve(group)).map_err(failed)?;
        *out = Box::into_raw(Box::new(nprom_server_t { serving }));
        Ok(())
    })
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_serve_port(server: *const nprom_server_t) -> u16 {
    // SAFETY: null or a server that was not stopped.
    unsafe { server.as_ref() }.map_or(0, |server| server.serving.local_addr().port())
}

#[unsafe(no_mangle)]
pub unsafe extern "C" fn nprom_serve_stop(server: *mut nprom_server_t) {
    if server.is_null() {
        return;
    }
    // SAFETY: made by nprom_serve_start, and stopped once.
    let server = unsafe { Box::from_raw(server) };
    // Nobody is told how that ended: the thread is gone or will be.
    status_of(|| {
        server.serving.stop();
        Ok(())
    });
}
