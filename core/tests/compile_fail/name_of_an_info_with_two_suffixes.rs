// error: metric 'a_info_info' would end in '_info' twice

nanoprom::metrics! {
    static METRICS;
    /// Help.
    static X: Info = "a_info_info", labels = [a = "1"];
}
use nanoprom::Info;

fn main() {}
