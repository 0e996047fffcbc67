//! The tool from the outside, one program for all: a file a subject. `cargo test -p xtask SUBJECT::` runs one of them.

#![allow(
    unreachable_pub,
    reason = "nobody imports a program: what is public in it is so among its modules"
)]

mod accessible;
mod architecture;
mod authors;
mod browser;
mod check;
mod check_believed;
mod check_declared;
mod check_traces;
mod epub;
mod exercise;
mod exercise_check;
mod firefox;
mod gate;
mod keys;
mod lab;
mod lab_exercise;
mod lab_page;
mod lab_session;
mod laboratory;
mod leftovers;
mod line_ends;
mod offline;
mod output_folder;
mod page_speed;
mod paper;
mod pictures;
mod predict_page;
mod quiz_page;
mod readers;
mod render;
mod run_in_page;
mod search;
mod serve;
mod serve_whom;
mod set_up;
mod shared;
mod spot_page;
mod support;
mod tidy;
mod trace;
mod trace_broken;
mod trace_containers;
mod trace_file;
mod trace_long;
mod trace_page;
mod trace_steps;
mod variants_page;
mod words;
