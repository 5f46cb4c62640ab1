// error: `group` does not live long enough

use nanoprom::{Cursor, Format, Group};

fn main() {
    let mut cursor;
    {
        let group = Group::new(&[]);
        cursor = Cursor::new(&group, Format::Text);
    }
    cursor.read(&mut [0]);
}
