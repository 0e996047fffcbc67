//@ run
enum Bytes<'b> {
    InBuffer(&'b mut [u8]),
    OnHeap(Vec<u8>),
}

fn copy<'b>(buffer: &'b mut [u8], text: &str) -> Bytes<'b> {
    let Some(room) = buffer.get_mut(..text.len()) else {
        return Bytes::OnHeap(text.into());
    };
    room.copy_from_slice(text.as_bytes());
    Bytes::InBuffer(room)
}

fn main() {
    let mut buffer = [0; 4];
    let (front, back) = buffer.split_at_mut(2);

    let small = copy(front, "ok");
    let large = copy(back, "too long");
    let is_in_buffer = |bytes| matches!(bytes, Bytes::InBuffer(_));
    println!("small in the buffer: {}", is_in_buffer(small));
    println!("large in the buffer: {}", is_in_buffer(large));
}
