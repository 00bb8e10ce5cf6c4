package system

// Remote tells whether the session is shown on another machine; macOS does not tell.
func Remote() bool { return false }

// HasTray tells whether an icon would be seen: the menu bar is always there.
func HasTray() bool { return true }
