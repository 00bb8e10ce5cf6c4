package main

import (
	"time"

	"golang.org/x/sys/unix"
)

// uptime counts on while the machine sleeps.
func uptime() time.Duration { return clockOf(unix.CLOCK_BOOTTIME) }
