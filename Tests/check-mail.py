"""Checks that letters arrive: by SMTP, by sendmail and by a webhook, also when the other side misbehaves.

1. Real servers (Postfix by `Tests/postfix`, and aiosmtpd), with TLS and AUTH, get every letter once.
2. A relay of `Tests/mail` does what relays should not. Whatever it does, no letter is lost, and
   a second copy comes only where the link died between a letter's last line and the answer.
3. A sender that is killed, many senders at once on each engine, sendmail, the webhook's signature.

Names of checks can be given; all of them run otherwise.
"""

import logging
import shutil
import sys
import time
from concurrent.futures import ThreadPoolExecutor

sys.dont_write_bytecode = True

from mail import manners, others, senders, servers
from mail.project import BASE

# The servers' own complaints about clients that we send to them on purpose.
logging.disable(logging.CRITICAL)

CHECKS = {
    function.__name__.replace("_", " "): function
    for module in (servers, senders, others) for function in module.CHECKS
} | {"a moody relay": manners.a_moody_relay} | {
    name: (lambda name: lambda: manners.manner(name))(name) for name in manners.MANNERS}


def check(name):
    begin = time.monotonic()
    try:
        said, problem = CHECKS[name](), None
    except Exception as error:
        line = error.__traceback__.tb_next.tb_lineno if error.__traceback__.tb_next else 0
        said, problem = None, f"{type(error).__name__} at line {line}: {str(error)[-1500:]}"
    return name, said, problem, time.monotonic() - begin


def main():
    names = sys.argv[1:] or sorted(CHECKS, key=lambda name: "minute" not in name)
    failed = 0
    try:
        with ThreadPoolExecutor(4) as pool:
            for name, said, problem, seconds in pool.map(check, names):
                failed += problem is not None
                words = f"{name}: {said}" if said else name
                print(f"{'FAILED' if problem else 'ok':7} {seconds:5.1f} s  {words}", flush=True)
                if problem:
                    print("        " + problem.replace("\n", "\n        "), flush=True)
    finally:
        shutil.rmtree(BASE, ignore_errors=True)
    print(f"{len(names) - failed} of {len(names)} checks of mail passed")
    sys.exit(1 if failed else 0)


main()
