#!/usr/bin/env python3
"""Kills leaderboard runs at random moments and resumes each: `kill.py CANDOR WORKS.yaml TIMES [SEED]`, in an empty folder. Every resume must end with the
site and the store of a run that nobody disturbed. Prints the seed, and what differed; exit status 1 then."""
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time


def command (candor, works, name):
    return [candor, "leaderboard", "--quiet", "--store", f"{name}/store.sqlite", "--out", f"{name}/site", works]


def site (name):
    found = {}
    for folder, _, files in os.walk (f"{name}/site"):
        for file in files:
            path = os.path.join (folder, file)
            with open (path, "rb") as opened:
                found[os.path.relpath (path, f"{name}/site")] = hashlib.sha256 (opened.read ()).hexdigest ()
    return found


def store (name):
    database = sqlite3.connect (f"{name}/store.sqlite")
    whole = database.execute ("PRAGMA integrity_check").fetchall ()
    rows = database.execute ("SELECT work, source, revision, options, rules, date, json, failure FROM audit ORDER BY 1, 2, 3, 4, 5").fetchall ()
    database.close ()
    return whole, rows


def differences (name):
    found, expected = site (name), site ("undisturbed")
    told = [f"{path}: {'missing' if path not in found else 'not of the site' if path not in expected else 'other bytes'}"
            for path in sorted (found.keys () | expected.keys ()) if found.get (path) != expected.get (path)]
    if store (name) != store ("undisturbed"):
        told.append ("the store holds something else")
    return told


def kill_once (candor, works, moment):
    """TRUE where there was still something to kill."""
    shutil.rmtree ("disturbed", ignore_errors=True)
    os.mkdir ("disturbed")
    run = subprocess.Popen (command (candor, works, "disturbed"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep (moment)
    alive = run.poll () is None
    if alive:
        os.killpg (run.pid, signal.SIGKILL)
    run.wait ()
    return alive


def main ():
    candor, works, times = sys.argv[1], sys.argv[2], int (sys.argv[3])
    seed = int (sys.argv[4]) if len (sys.argv) > 4 else int (time.time ())
    print (f"seed {seed}")
    moments = random.Random (seed)
    os.mkdir ("undisturbed")
    began = time.monotonic ()
    subprocess.run (command (candor, works, "undisturbed"), check=True, stdout=subprocess.DEVNULL)
    length = time.monotonic () - began
    killed = tries = 0
    while killed < times:
        tries += 1
        if tries > 5 * times:
            sys.exit (f"only {killed} of {tries} runs were still there to be killed")
        moment = moments.uniform (0, length)
        if not kill_once (candor, works, moment):
            length *= 0.98 # the first run was slower, the machine being busier
            continue
        killed += 1
        resumed = subprocess.run (command (candor, works, "disturbed"), capture_output=True, text=True)
        told = differences ("disturbed") if resumed.returncode == 0 else [f"exit status {resumed.returncode}", resumed.stderr]
        if told:
            sys.exit (f"killed after {moment:.4f} s:\n" + "\n".join (told))
    print (f"{killed} of {tries} runs were killed, over {length:.2f} s")


main ()
