import Commands
import HTTPService
import Wiring

// The program that `muster serve` becomes: the same command, with the service behind it. Called by
// its own name it is that command.

var adapters = Adapters.all
adapters.serve = { settings, ports in await serve(settings, ports) }

await Muster.start(["serve"] + CommandLine.arguments.dropFirst(), adapters)
