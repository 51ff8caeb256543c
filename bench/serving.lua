-- wrk asks the addresses of a file one after the other, each of a host of its own, so that no answer is one that was kept.
local addresses, asked, repeated = {}, 0, false

function init(args)
   for line in io.lines(args[1]) do addresses[#addresses + 1] = line end
   repeated = args[2] == "repeated"
end

function request()
   asked = asked + 1
   local host = repeated and "repeated.example" or ("n" .. asked .. ".example")
   return wrk.format("GET", addresses[asked % #addresses + 1], { Host = host })
end

function done(summary, latency)
   local wrong = summary.errors.status + summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.timeout
   io.write(string.format("measured %.3f %.3f %d\n", summary.requests / summary.duration * 1e6, latency:percentile(95) / 1000, wrong))
end
