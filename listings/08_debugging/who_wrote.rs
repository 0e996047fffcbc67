//@ compile-error: E0505
struct Player {
    score: u32,
}

fn bonus(player: &mut Player) {
    player.score += 10;
}

fn play(team: &mut [&mut Player]) {
    for player in team {
        bonus(player);
    }
}

fn main() {
    let mut ann = Box::new(Player { score: 1 });
    let mut bob = Box::new(Player { score: 2 });

    let mut team = [&mut *ann, &mut *bob];
    drop(bob); // bob leaves the game
    play(&mut team);
    println!("ann has {}", ann.score);
}
