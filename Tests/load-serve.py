#!/usr/bin/env python3
"""Asks a service on this machine at a steady rate and tells how long answers took.

    muster serve --listen 127.0.0.1:8080 --rate-limit 0
    Tests/load-serve.py 8080 /healthz [--rate 500] [--seconds 10]

An answer's time runs from the moment at which it was due to be asked for, so that a service that
falls behind cannot hide it.
"""
import argparse
import asyncio
import time


async def ask(reader, writer, path):
    writer.write(f"GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n".encode())
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.split(b":")[1]) for line in head.split(b"\r\n")
        if line.lower().startswith(b"content-length:"))
    await reader.readexactly(length)
    return int(head[9:12])


async def client(port, path, due, times, statuses):
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for moment in due:
        await asyncio.sleep(max(0, moment - time.perf_counter()))
        statuses.append(await ask(reader, writer, path))
        times.append(time.perf_counter() - moment)
    writer.close()


async def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("port", type=int)
    parser.add_argument("path")
    parser.add_argument("--rate", type=int, default=500)
    parser.add_argument("--seconds", type=int, default=10)
    options = parser.parse_args()
    count = min(options.rate, 2_000) * min(options.seconds, 60)
    start = time.perf_counter() + 0.2
    due = [start + number / options.rate for number in range(count)]
    times, statuses = [], []
    await asyncio.gather(*(
        client(options.port, options.path, due[offset::32], times, statuses)
        for offset in range(32)))
    elapsed = time.perf_counter() - start
    times.sort()
    told = {status: statuses.count(status) for status in sorted(set(statuses))}
    print(f"{count} in {elapsed:.1f} s, {count / elapsed:.0f}/s, statuses {told}: " + ", ".join(
        f"p{part} {times[min(count - 1, count * part // 100)] * 1000:.1f} ms"
        for part in (50, 90, 99)) + f", longest {times[-1] * 1000:.1f} ms")


asyncio.run(main())
