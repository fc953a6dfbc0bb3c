#!/usr/bin/env python3
"""Checks a downloaded list without any of the platform's code.

    python3 verify-list.py LIST.json [--hash HEX] [--signature LIST.sig --key key.pem]

1. The file is in the canonical form of RFC 8785, so that its hash is that of the data.
2. Its SHA-256 is printed, and compared when one is given.
3. With a signature and a public key it asks openssl whether the one was made with the other.
Exit status 0 when all that was asked for holds.
"""
import argparse
import base64
import hashlib
import json
import subprocess
import sys
import tempfile


class Number(str):
    """A number as it stands in the file."""


def canonical(value):
    if isinstance(value, Number):
        return str(value)
    if isinstance(value, dict):
        members = sorted(value.items(), key=lambda member: member[0].encode("utf-16-be"))
        return "{" + ",".join(text(name) + ":" + canonical(item) for name, item in members) + "}"
    if isinstance(value, list):
        return "[" + ",".join(canonical(item) for item in value) + "]"
    if isinstance(value, str):
        return text(value)
    return {None: "null", True: "true", False: "false"}[value]


def text(value):
    # json escapes as RFC 8785 does, but for DEL and what lies beyond ASCII, which stay as they are.
    return json.dumps(value, ensure_ascii=False)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("list")
    parser.add_argument("--hash")
    parser.add_argument("--signature")
    parser.add_argument("--key")
    options = parser.parse_args()
    with open(options.list, "rb") as file:
        data = file.read()
    fine = True
    # Two texts of one number would be two texts of one list.
    if canonical(json.loads(data.decode("utf-8"), parse_int=Number, parse_float=Number)).encode("utf-8") == data:
        print("canonical form: yes")
    else:
        print("canonical form: NO")
        fine = False
    digest = hashlib.sha256(data).hexdigest()
    print("SHA-256:", digest)
    if options.hash:
        same = digest == options.hash.lower()
        print("as published:", "yes" if same else "NO")
        fine &= same
    if options.signature and options.key:
        with open(options.signature) as file:
            signature = base64.b64decode(file.read())
        with tempfile.NamedTemporaryFile() as der:
            der.write(signature)
            der.flush()
            asked = subprocess.run(["openssl", "dgst", "-sha256", "-verify", options.key, "-signature", der.name, options.list], capture_output=True)
        print("signature:", "yes" if asked.returncode == 0 else "NO")
        fine &= asked.returncode == 0
    return 0 if fine else 1


if __name__ == "__main__":
    sys.exit(main())
