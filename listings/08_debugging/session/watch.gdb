set pagination off
set confirm off
set style enabled off
set trace-commands on
break who_wrote.zig:27
run
print bob.score
print/x bob.score
watch -location bob.score
continue
backtrace 3
