#!/bin/sh
# make-dmg.sh APP DMG: sign Inkling.app and put it, beside a link to Applications, into a disk image.
#
# INKLING_SIGN     the identity to sign with ("Developer ID Application: ..."); without it the signature
#                  names nobody, and macOS asks the person to allow the program once
# INKLING_NOTARY   the keychain profile of notarytool; with it the image is notarised and stapled
set -eu
app=$1
dmg=$2
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

sign() {
    if [ -n "${INKLING_SIGN:-}" ]; then
        codesign --force --timestamp --options runtime --sign "$INKLING_SIGN" "$@"
    else
        codesign --force --sign - "$@"
    fi
}

# From the inside out, since a seal covers all that lies within.
find "$app/Contents" -type f ! -path "$app/Contents/MacOS/inkling" > "$work/files"
while IFS= read -r file; do
    case $(file -b "$file") in
        *Mach-O*) sign "$file" ;;
    esac
done < "$work/files"
find "$app/Contents" -type d -name '*.framework' > "$work/frameworks"
while IFS= read -r framework; do
    sign "$framework"
done < "$work/frameworks"
sign --entitlements "$here/entitlements.plist" "$app"
codesign --verify --deep --strict "$app"

mkdir "$work/image"
ditto "$app" "$work/image/Inkling.app"
ln -s /Applications "$work/image/Applications"
hdiutil create -volname Inkling -srcfolder "$work/image" -fs HFS+ -format ULMO -ov "$dmg"
if [ -n "${INKLING_SIGN:-}" ]; then
    codesign --force --timestamp --sign "$INKLING_SIGN" "$dmg"
fi
if [ -n "${INKLING_NOTARY:-}" ]; then
    xcrun notarytool submit "$dmg" --keychain-profile "$INKLING_NOTARY" --wait
    xcrun stapler staple "$dmg"
fi
