package system

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"github.com/godbus/dbus/v5"
)

// Remote tells whether the session is shown on another machine: over xrdp, or by X over the network.
func Remote() bool {
	host, _, _ := strings.Cut(os.Getenv("DISPLAY"), ":")
	return os.Getenv("XRDP_SESSION") != "" || host != "" && host != "unix"
}

// trayService is who shows the icons of programs; GNOME has none of its own.
const trayService = "org.kde.StatusNotifierWatcher"

// HasTray tells whether an icon would be seen.
func HasTray() bool {
	if !hasBus() {
		return false // asking would start one
	}
	bus, err := dbus.ConnectSessionBus()
	if err != nil {
		return false
	}
	defer bus.Close()
	var owned bool
	err = bus.BusObject().Call("org.freedesktop.DBus.NameHasOwner", 0, trayService).Store(&owned)
	return err == nil && owned
}

func hasBus() bool {
	if os.Getenv("DBUS_SESSION_BUS_ADDRESS") != "" {
		return true
	}
	_, err := os.Stat(filepath.Join("/run/user", strconv.Itoa(os.Getuid()), "bus"))
	return err == nil
}
