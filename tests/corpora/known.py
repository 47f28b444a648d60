def check_truth(tap, folder, ours): pass
def check_offsets(tap, program, folder, scratch): pass
def check_graphs(tap, program, top): pass
