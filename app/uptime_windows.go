package main

import (
	"time"

	"golang.org/x/sys/windows"
)

// uptime counts on while the machine sleeps.
func uptime() time.Duration { return windows.DurationSinceBoot() }
