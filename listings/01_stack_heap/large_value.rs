//@ run
type Samples = [f32; 100_000];

fn louder(samples: &Samples) -> Box<Samples> {
    let mut result = Box::new(*samples);
    result.iter_mut().for_each(|sample| *sample *= 2.0);
    result
}

fn make_louder(samples: &mut [f32]) {
    samples.iter_mut().for_each(|sample| *sample *= 2.0);
}

fn main() {
    let mut samples: Samples = [1.0; 100_000];
    let copy = louder(&samples);
    make_louder(&mut samples);
    println!("{} and {}", copy[0], samples[0]);
    println!("by value {} bytes", size_of::<Samples>());
}
