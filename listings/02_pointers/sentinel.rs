//@ run
use std::ffi::CStr;

fn main() {
    let name: &CStr = c"conv1";
    let bytes = name.to_bytes_with_nul();
    let len = name.count_bytes();
    println!("len {len}, byte after the end {}", bytes[len]);

    let for_c = name.as_ptr(); // what a C function takes
    let counted = unsafe { CStr::from_ptr(for_c) }.to_bytes(); // walks to the 0
    let text = str::from_utf8(counted).unwrap();
    println!("counted {}: {text}", counted.len());
}
