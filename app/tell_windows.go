//go:build !headless

package main

import "golang.org/x/sys/windows"

// tellPerson shows a message box: a program without a console has no other way to say something before it has a window.
func tellPerson(title, text string) {
	t, err := windows.UTF16PtrFromString(title)
	if err != nil {
		return
	}
	s, err := windows.UTF16PtrFromString(text)
	if err != nil {
		return
	}
	_, _ = windows.MessageBox(0, s, t, windows.MB_OK|windows.MB_ICONERROR)
}
