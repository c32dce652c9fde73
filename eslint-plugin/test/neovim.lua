-- An editor with its own language client: opens a file, asks for diagnostics, types, repairs. Neovim before 0.10 does not ask
-- for diagnostics by itself, so this asks for all of them.
local given = vim.fn.json_decode(vim.fn.readfile(vim.env.REVIEW_TEST_GIVEN))
local said = {}

local function ask(buffer, method, params)
  for _, answer in pairs(vim.lsp.buf_request_sync(buffer, method, params, 100000) or {}) do
    if answer.err then error(vim.inspect(answer.err)) end
    return answer.result
  end
  error("no answer to " .. method)
end

local function document(buffer)
  return { uri = vim.uri_from_bufnr(buffer) }
end

local function diagnostics(buffer)
  local codes = {}
  local report = ask(buffer, "textDocument/diagnostic", { textDocument = document(buffer) })
  for _, item in ipairs(report.items) do table.insert(codes, item.code) end
  return codes, report.items
end

local function run()
  vim.cmd("edit " .. given.file)
  local buffer = vim.api.nvim_get_current_buf()
  vim.bo.filetype = "typescript"
  local client = vim.lsp.start_client({
    cmd = given.command,
    root_dir = given.folder,
    workspace_folders = { { uri = vim.uri_from_fname(given.folder), name = "workspace" } },
    handlers = {
      ["workspace/configuration"] = function(_, params)
        return vim.tbl_map(function() return given.settings end, params.items)
      end,
      ["eslint/confirmESLintExecution"] = function() return 4 end,
    },
  })
  vim.lsp.buf_attach_client(buffer, client)
  assert(vim.wait(100000, function()
    local one = vim.lsp.get_client_by_id(client)
    return one and one.initialized
  end), "the server did not start")

  said.saved = diagnostics(buffer)
  vim.api.nvim_buf_set_lines(buffer, -1, -1, false, given.typed)
  local codes, items = diagnostics(buffer)
  said.typed = codes

  local context = { diagnostics = { items[#items] } }
  local range = items[#items].range
  local actions = ask(buffer, "textDocument/codeAction", { textDocument = document(buffer), range = range, context = context })
  said.action = actions[1].title
  ask(buffer, "workspace/executeCommand", actions[1].command)
  said.text = vim.api.nvim_buf_get_lines(buffer, 0, -1, false)
  said.repaired = diagnostics(buffer)
end

local ok, problem = pcall(run)
if not ok then said.problem = problem end
vim.fn.writefile({ vim.fn.json_encode(said) }, vim.env.REVIEW_TEST_SAID)
vim.cmd("qall!")
