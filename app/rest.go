//go:build !headless

package main

import (
	"context"
	"time"

	"github.com/go-gl/glfw/v3.3/glfw"

	"backstop/ui"
)

// rest has the windows take next to no processor while nobody is at them.
func rest(ctx context.Context) {
	ui.Rest(ctx, func(most time.Duration) { glfw.WaitEventsTimeout(most.Seconds()) }, glfw.PostEmptyEvent)
}
