//go:build !headless

package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver"
	"golang.org/x/sys/windows"
)

var user32 = windows.NewLazySystemDLL("user32.dll")

const (
	anyProcess = 0xFFFFFFFF // ASFW_ANY
	restored   = 9          // SW_RESTORE
)

// giveWay lets the desk that is open come before all others, which Windows allows only whoever the person started last.
func giveWay() { _, _, _ = user32.NewProc("AllowSetForegroundWindow").Call(anyProcess) }

// unfold brings a window back that is minimised; the toolkit brings only hidden ones.
func unfold(w fyne.Window) {
	native, ok := w.(driver.NativeWindow)
	if !ok {
		return
	}
	native.RunNative(func(context any) {
		c, ok := context.(driver.WindowsWindowContext)
		if !ok {
			return
		}
		if folded, _, _ := user32.NewProc("IsIconic").Call(c.HWND); folded != 0 {
			_, _, _ = user32.NewProc("ShowWindow").Call(c.HWND, restored)
		}
	})
}
