//@ run
use std::borrow::Cow;

fn copy<'b>(buffer: &'b mut [u8], text: &str) -> Cow<'b, [u8]> {
    let Some(room) = buffer.get_mut(..text.len()) else {
        return Cow::Owned(text.into());
    };
    room.copy_from_slice(text.as_bytes());
    Cow::Borrowed(room)
}

fn main() {
    let mut buffer = [0; 4];
    let (front, back) = buffer.split_at_mut(2);

    let small = copy(front, "ok");
    let large = copy(back, "too long");
    let is_borrowed = |bytes| matches!(bytes, Cow::Borrowed(_));
    println!("small in the buffer: {}", is_borrowed(small));
    println!("large in the buffer: {}", is_borrowed(large));
}
