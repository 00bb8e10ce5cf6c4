package main

import (
	"os"

	"golang.org/x/sys/windows"
)

var attachConsole = windows.NewLazySystemDLL("kernel32.dll").NewProc("AttachConsole")

const parentProcess = ^uintptr(0) // ATTACH_PARENT_PROCESS

// useConsole gives a program of the graphical subsystem the console that it was started from, so that its commands print
// there. Output that was redirected to a file or a pipe stays there. From the start menu, or as a scheduled task, there is no console, and
// nobody to tell anything: what is printed is no failure then, and goes nowhere.
func useConsole() {
	in, out := "NUL", "NUL"
	if ok, _, _ := attachConsole.Call(parentProcess); ok != 0 {
		in, out = "CONIN$", "CONOUT$"
	}
	useStream(windows.STD_INPUT_HANDLE, in, os.O_RDONLY, &os.Stdin)
	useStream(windows.STD_OUTPUT_HANDLE, out, os.O_RDWR, &os.Stdout)
	useStream(windows.STD_ERROR_HANDLE, out, os.O_RDWR, &os.Stderr)
}

func useStream(which uint32, name string, flag int, stream **os.File) {
	if h, err := windows.GetStdHandle(which); err == nil && h != 0 && h != windows.InvalidHandle {
		if kind, err := windows.GetFileType(h); err == nil && kind != windows.FILE_TYPE_UNKNOWN {
			return
		}
	}
	f, err := os.OpenFile(name, flag, 0)
	if err != nil {
		return
	}
	*stream = f
	_ = windows.SetStdHandle(which, windows.Handle(f.Fd())) // for what C writes; Go's own is set
}
