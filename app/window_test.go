//go:build window

package main

import (
	"image"
	"image/color"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// TestMain lets the test binary be the program itself: TestWindow starts it a second time with this variable set.
func TestMain(m *testing.M) {
	if os.Getenv("BACKSTOP_WINDOW_TEST") != "" {
		main()
		return
	}
	os.Exit(m.Run())
}

// TestWindow_paints opens the desk on a real display, has it paint its windows with the sample exports, and looks at what
// came out. It needs cgo and a display, so it has a build tag; make test runs it.
func TestWindow_paints(t *testing.T) {
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), self, "--db", filepath.Join(dir, "desk.db"), "--screenshots", dir)
	cmd.Env = append(os.Environ(), "BACKSTOP_WINDOW_TEST=1")
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Fatalf("the desk: %v\n%s", err, out)
	}
	pictures, err := filepath.Glob(filepath.Join(dir, "*.png"))
	if err != nil || len(pictures) == 0 {
		t.Fatalf("the desk left no pictures: %v", err)
	}
	for _, path := range pictures {
		t.Run(filepath.Base(path), func(t *testing.T) {
			// A window that was never painted has one colour, one without its font a handful; smooth letters alone bring dozens.
			if n := colours(picture(t, path)); n < 16 {
				t.Errorf("has only %d colours", n)
			}
		})
	}
}

func picture(t *testing.T, path string) image.Image {
	t.Helper()
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	img, err := png.Decode(f)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

func colours(img image.Image) int {
	seen := map[color.RGBA]bool{}
	for y := img.Bounds().Min.Y; y < img.Bounds().Max.Y; y++ {
		for x := img.Bounds().Min.X; x < img.Bounds().Max.X; x++ {
			seen[color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)] = true
		}
	}
	return len(seen)
}
