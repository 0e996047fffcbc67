//@ run

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

mod safetensors;
use safetensors::{Error, File};

const SIZES: [usize; 5] = [64, 32, 32, 32, 10];

/// Counts the allocations of the whole program: stable Rust's `Vec` takes no allocator of ours.
struct Counting;
static ALLOCATIONS: AtomicUsize = AtomicUsize::new(0);

unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        ALLOCATIONS.fetch_add(1, Relaxed);
        unsafe { System.alloc(layout) }
    }
    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        unsafe { System.dealloc(memory, layout) }
    }
}

#[global_allocator]
static GLOBAL: Counting = Counting;

// ANCHOR: model
struct Layer {
    weight: Vec<f32>,
    bias: Vec<f32>,
}

/// Owns its weights: dropping the model frees them.
struct Model {
    layers: Vec<Layer>,
}

/// The two activation buffers. They live as long as the loop over the images.
struct Scratch {
    ping: [f32; 64],
    pong: [f32; 32],
}

impl Model {
    fn load(bytes: &[u8]) -> Result<Model, Error> {
        let file = File::open(bytes)?;
        let mut layers = Vec::new();
        for (i, size) in SIZES.windows(2).enumerate() {
            layers.push(Layer {
                weight: file.floats(&format!("layers.{i}.weight"), &[size[1], size[0]])?,
                bias: file.floats(&format!("layers.{i}.bias"), &[size[1]])?,
            });
        }
        Ok(Model { layers })
    }

    fn infer(&self, scratch: &mut Scratch, pixels: &[u8]) -> [f32; 10] {
        let (mut ping, mut pong) = (&mut scratch.ping[..], &mut scratch.pong[..]);
        for (x, &pixel) in ping.iter_mut().zip(pixels) {
            *x = f32::from(pixel) / 16.0;
        }
        for (i, layer) in self.layers.iter().enumerate() {
            let (x, y) = (&ping[..SIZES[i]], &mut pong[..SIZES[i + 1]]);
            dense(layer, x, y);
            if i + 1 < self.layers.len() {
                y.iter_mut().for_each(|y| *y = y.max(0.0));
            }
            std::mem::swap(&mut ping, &mut pong);
        }
        ping[..10].try_into().unwrap()
    }
}

fn dense(layer: &Layer, x: &[f32], y: &mut [f32]) {
    for (row, sum) in y.iter_mut().enumerate() {
        *sum = layer.bias[row];
        for (w, v) in layer.weight[row * x.len()..].iter().zip(x) {
            *sum += w * v;
        }
    }
}
// ANCHOR_END: model

fn label(logits: &[f32]) -> usize {
    (1..logits.len()).fold(0, |best, i| if logits[i] > logits[best] { i } else { best })
}

fn main() -> Result<(), Error> {
    let model = Model::load(include_bytes!("capstone/model.safetensors"))?;
    let held_out = File::open(include_bytes!("capstone/digits.safetensors"))?;
    let images = held_out.view("images", &[360, 64])?;
    let labels = held_out.view("labels", &[360])?;
    let reference = held_out.floats("logits", &[360, 10])?;

    let mut scratch = Scratch {
        ping: [0.0; 64],
        pong: [0.0; 32],
    };
    let (mut right, mut other_label, mut largest) = (0, 0, 0f32);
    let before = ALLOCATIONS.load(Relaxed);
    for (i, &truth) in labels.iter().enumerate() {
        let logits = model.infer(&mut scratch, &images[i * 64..][..64]);
        let numpy = &reference[i * 10..][..10];
        right += usize::from(label(&logits) == usize::from(truth));
        other_label += usize::from(label(&logits) != label(numpy));
        for (ours, theirs) in logits.iter().zip(numpy) {
            largest = largest.max((ours - theirs).abs());
        }
    }
    let allocations = ALLOCATIONS.load(Relaxed) - before;

    let percent = 100.0 * right as f32 / 360.0;
    let weights = |layer: &Layer| (layer.weight.len() + layer.bias.len()) * size_of::<f32>();
    let weights: usize = model.layers.iter().map(weights).sum();
    println!(
        "held-out digits: {}, right: {right} ({percent:.1} %)",
        labels.len()
    );
    println!("labels that differ from NumPy's: {other_label}");
    println!("all logits within 0.00001 of NumPy's: {}", largest < 1e-5);
    println!("bytes of the model's weights: {weights}");
    println!("bytes for one inference: {}", size_of::<Scratch>());
    println!("allocations in the 360 inferences: {allocations}");
    Ok(())
}
