package system

import (
	"errors"

	"golang.org/x/sys/windows"
	"golang.org/x/sys/windows/registry"

	"backstop/app/say"
)

const runKey = `Software\Microsoft\Windows\CurrentVersion\Run`

// On tells whether the wish stands.
func (s Startup) On() (bool, error) {
	key, err := registry.OpenKey(registry.CURRENT_USER, runKey, registry.QUERY_VALUE)
	if errors.Is(err, registry.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, say.Error("start with the session: %w", err)
	}
	defer key.Close()
	_, _, err = key.GetStringValue(s.Name)
	if errors.Is(err, registry.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// Set makes or takes back the wish.
func (s Startup) Set(on bool) error {
	key, _, err := registry.CreateKey(registry.CURRENT_USER, runKey, registry.SET_VALUE)
	if err != nil {
		return say.Error("start with the session: %w", err)
	}
	defer key.Close()
	if on {
		err = key.SetStringValue(s.Name, windows.ComposeCommandLine(s.Command))
	} else if err = key.DeleteValue(s.Name); errors.Is(err, registry.ErrNotExist) {
		err = nil
	}
	if err != nil {
		return say.Error("start with the session: %w", err)
	}
	return nil
}
