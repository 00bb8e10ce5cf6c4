//go:build !headless && !windows

package main

import "fyne.io/fyne/v2"

// giveWay has nothing to do where any window may ask to come forward.
func giveWay() {}

// unfold has nothing to do where asking for the focus brings a minimised window back.
func unfold(fyne.Window) {}
