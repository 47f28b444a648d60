"""What an oracle reckons differently: printed as it is met, and counted for the exit status."""
count = 0


def expect(fact, drawn, reckoned):
    global count
    if drawn != reckoned:
        count += 1
        print(f"{fact}: drawn {drawn}, reckoned {reckoned}")
