//go:build linux || darwin

package main

import (
	"time"

	"golang.org/x/sys/unix"
)

func clockOf(clock int32) time.Duration {
	var ts unix.Timespec
	if err := unix.ClockGettime(clock, &ts); err != nil {
		return 0
	}
	return time.Duration(ts.Nano())
}
