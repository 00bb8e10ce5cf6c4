package system

import "golang.org/x/sys/windows"

// remoteSession asks GetSystemMetrics for it.
const remoteSession = 0x1000

// Remote tells whether the session is shown on another machine by Remote Desktop.
func Remote() bool {
	shown, _, _ := windows.NewLazySystemDLL("user32.dll").NewProc("GetSystemMetrics").Call(remoteSession)
	return shown != 0
}

// HasTray tells whether an icon would be seen: the notification area is always there.
func HasTray() bool { return true }
