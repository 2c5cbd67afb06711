-- every request a different system
local hex = "0123456789abcdef"
math.randomseed(os.time())
local function id() local t={} for i=1,32 do local r=math.random(16) t[i]=hex:sub(r,r) end t[13]='4' return table.concat(t) end
local function msg(field, s) return string.char(field*8+2, #s)..s end
wrk.method="POST"
wrk.headers["Content-Type"]="application/x-protobuf"
request = function()
  local comp = msg(1,"core")..msg(2,"3.21."..math.random(9))
  local comp2 = msg(1,"rpm")..msg(2,"3.25."..math.random(9))
  local body = msg(1,id())..msg(2,string.char(8,5,16,2))..msg(3,string.char(8,9,16,3))..msg(4,comp)..msg(4,comp2)..string.char(0x28,0x84,0xe2,0x09)..msg(6,string.char(8,1,16,2,24,3,32,4,40,5))
  return wrk.format(nil,"/",nil,body)
end
