#!/bin/sh
# What `book.toml` runs for the plain `mdbook build`: the tool as it was last built, and cargo only when a source
# is newer. Cargo alone takes a third of a second to find that nothing is to be done, at every build.
# Every line ends in a comment, which takes in the carriage return that some checkouts and editors put there.
tool=target/debug/xtask #
if [ -x "$tool" ] && [ -z "$(find -L crates xtask/src xtask/Cargo.toml Cargo.lock -path crates/start -prune -o -newer "$tool" -print -quit)" ]; then #
    exec "$tool" preprocess #
fi #
exec cargo xtask preprocess #
