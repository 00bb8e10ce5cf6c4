package system_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/adrg/xdg"

	"backstop/app/system"
)

// own gives the test a home of its own.
func own(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	t.Setenv("XDG_CONFIG_HOME", folder)
	xdg.Reload()
	t.Cleanup(xdg.Reload) // runs before the variable is given back; the next one who asks reloads
	return filepath.Join(folder, "autostart", "org.example.Desk.desktop")
}

func TestStartup_isWrittenAndTakenBack(t *testing.T) {
	path := own(t)
	s := system.Startup{ID: "org.example.Desk", Name: "Desk", Command: []string{`/opt/my "desk"/run`, "--db", `/srv/a b/$x\100%.db`}}
	for _, want := range []bool{false, true, true, false, false} {
		if err := s.Set(want); err != nil {
			t.Fatal(err)
		}
		if on, err := s.On(); on != want || err != nil {
			t.Fatalf("on %v, %v; want %v", on, err, want)
		}
		raw, err := os.ReadFile(path)
		if !want {
			if !os.IsNotExist(err) {
				t.Errorf("the file is still there: %v", err)
			}
			continue
		}
		if line := `Exec="/opt/my \\"desk\\"/run" "--db" "/srv/a b/\\$x\\\\100%%.db"`; !strings.Contains(string(raw), line+"\n") {
			t.Errorf("lacks %s:\n%s", line, raw)
		}
		if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("mode %v, %v", info.Mode(), err)
		}
	}
}

// A desktop that lets people switch programs off writes so into the file.
func TestStartup_heedsTheDesktop(t *testing.T) {
	path := own(t)
	s := system.Startup{ID: "org.example.Desk", Name: "Desk", Command: []string{"/opt/desk"}}
	for _, line := range []string{"Hidden=true", "X-GNOME-Autostart-enabled=false"} {
		if err := s.Set(true); err != nil {
			t.Fatal(err)
		}
		raw, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, append(raw, line+"\n"...), 0o600); err != nil {
			t.Fatal(err)
		}
		if on, err := s.On(); on || err != nil {
			t.Errorf("%s: on %v, %v", line, on, err)
		}
	}
}

func TestRemote_isToldByTheDisplay(t *testing.T) {
	for _, c := range []struct {
		display, xrdp string
		want          bool
	}{{":0", "", false}, {"unix:0", "", false}, {"localhost:10.0", "", true}, {":10", "1", true}, {"", "", false}} {
		t.Setenv("DISPLAY", c.display)
		t.Setenv("XRDP_SESSION", c.xrdp)
		if got := system.Remote(); got != c.want {
			t.Errorf("%q %q: %v", c.display, c.xrdp, got)
		}
	}
}

func TestHasTray_needsABus(t *testing.T) {
	t.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+filepath.Join(t.TempDir(), "nobody"))
	if system.HasTray() {
		t.Error("a tray without a bus")
	}
}
