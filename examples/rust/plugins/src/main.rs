//! A program whose plugins come and go while it is scraped. It obeys its standard input until that ends:
//!
//! ```text
//! load NAME        `mail` or `thumbnails`: its metrics are on the plugins' page
//! unload NAME      they are gone; totals go on where they were when it is loaded again
//! run NAME TRACE   lets it do a job, as a part of this trace
//! ```
//!
//! It serves two pages. One has the program's own metrics, a list of which is nowhere: all groups join the
//! default registry by being declared ([`jobs`], [`network`]). The other is a registry of the plugins
//! that are loaded ([`plugins`]).

#![forbid(unsafe_code)]

mod jobs;
mod network;
mod plugins;

use core::error::Error;
use nanoprom::server::Server;
use nanoprom::{Registry, default_registry};
use plugins::Plugin;
use std::io;

static LOADED: Registry<'static> = Registry::new().with_prefix("plugin_");

// Names of one group are checked while compiling, those of different ones by this test.
nanoprom::default_registry_test!(names_of_all_groups_go_together);

fn main() -> Result<(), Box<dyn Error>> {
    let own = Server::bind("127.0.0.1:0")?.serve(default_registry())?;
    let of_plugins = Server::bind("127.0.0.1:0")?.serve(&LOADED)?;
    println!("Serving http://{}/metrics", own.local_addr());
    println!("of the plugins http://{}/metrics", of_plugins.local_addr());
    for line in io::stdin().lines() {
        let line = line?;
        let words: Vec<_> = line.split_whitespace().collect();
        match obey(&words) {
            Ok(()) => println!("done: {line}"),
            Err(error) => println!("failed: {line}: {error}"),
        }
    }
    // The answers in progress are finished first.
    own.stop();
    of_plugins.stop();
    Ok(())
}

fn obey(words: &[&str]) -> Result<(), Box<dyn Error>> {
    match words {
        ["load", name] => Ok(LOADED.register(&Plugin::find(name)?.node)?),
        ["unload", name] => Ok(LOADED.unregister(&Plugin::find(name)?.node)?),
        ["run", name, trace] => {
            jobs::run(Plugin::find(name)?, trace);
            Ok(())
        }
        _ => Err("load NAME, unload NAME or run NAME TRACE".into()),
    }
}
