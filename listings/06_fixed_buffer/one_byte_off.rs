//@ run
#[repr(align(4))]
struct Memory([u8; 20]);

fn fits(buffer: &mut [u8]) -> bool {
    // SAFETY: every pattern of bytes is an f32.
    let (_, floats, _) = unsafe { buffer.align_to_mut::<f32>() };
    floats.len() >= 4
}

fn main() {
    let mut memory = Memory([0; 20]);
    println!("from byte 0: {}", fits(&mut memory.0[0..16]));
    println!("from byte 1: {}", fits(&mut memory.0[1..17]));
}
