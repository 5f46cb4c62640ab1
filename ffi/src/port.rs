//! What the library needs from its surroundings: a critical section on cores without 64-bit atomics,
//! and an end for the program if the library ever panics.

nanoprom_core::__if_critical_section! {
    unsafe extern "C" {
        fn nprom_critical_enter() -> u32;
        fn nprom_critical_exit(state: u32);
    }

    struct Hooks;

    critical_section::set_impl!(Hooks);

    // SAFETY: the application vouches for its hooks; the header says what they have to do.
    unsafe impl critical_section::Impl for Hooks {
        unsafe fn acquire() -> u32 {
            // SAFETY: the hook may be called from anywhere.
            unsafe { nprom_critical_enter() }
        }

        unsafe fn release(state: u32) {
            // SAFETY: the state is the one that the last enter gave.
            unsafe { nprom_critical_exit(state) }
        }
    }
}

#[cfg(not(test))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo<'_>) -> ! {
    #[cfg(not(target_os = "none"))]
    {
        unsafe extern "C" {
            fn abort() -> !;
        }
        // SAFETY: the C library's abort may be called from anywhere.
        unsafe { abort() }
    }
    // On bare metal a watchdog is the only one to tell.
    #[cfg(target_os = "none")]
    loop {
        core::hint::spin_loop();
    }
}
