-- Opens a file in Neovim with the ESLint language server, writes into the buffer without saving, repairs what is found by the first
-- action that is offered, and prints as JSON what a user sees on the way. The configuration stands in a file: see the test.
-- cspell:ignore fnameescape quitall
local setup = vim.fn.json_decode(vim.fn.readfile(vim.env.REVIEW_NEOVIM_SETUP))
local client
-- Milliseconds, for a machine that is busy with other tests.
local PATIENCE = 120000

-- Neovim pulls diagnostics by itself from 0.10 on.
local function look()
  if vim.fn.has("nvim-0.10") == 1 then return end
  local document = vim.lsp.util.make_text_document_params(0)
  client.request("textDocument/diagnostic", { textDocument = document }, function(_, report, context)
    local published = { uri = document.uri, diagnostics = report and report.items or {} }
    vim.lsp.diagnostic.on_publish_diagnostics(nil, published, context, {})
  end, 0)
end

local function shown()
  return vim.tbl_map(function(one)
    return { code = one.code or one.user_data.lsp.code, line = one.lnum, column = one.col, message = one.message }
  end, vim.diagnostic.get(0))
end

local function wait_for(count)
  vim.wait(PATIENCE, function()
    return #vim.diagnostic.get(0) == count
  end, 50)
end

local function write(lines)
  vim.api.nvim_buf_set_lines(0, 0, -1, false, lines)
  look()
end

-- The diagnostic as the server gave it: before 0.10 Neovim keeps a part of it, and the rest in fields of its own.
local function given(one)
  local start, stop = { line = one.lnum, character = one.col }, { line = one.end_lnum, character = one.end_col }
  return vim.tbl_extend("keep", one.user_data.lsp, { message = one.message, range = { start = start, ["end"] = stop } })
end

-- What a user chooses from the list that Neovim shows.
local function actions()
  local diagnostic = given(vim.diagnostic.get(0)[1])
  local document = vim.lsp.util.make_text_document_params(0)
  local params = { textDocument = document, range = diagnostic.range, context = { diagnostics = { diagnostic } } }
  return client.request_sync("textDocument/codeAction", params, PATIENCE, 0).result
end

local function choose(action)
  client.request_sync("workspace/executeCommand", action.command, PATIENCE, 0)
  vim.wait(PATIENCE, function()
    return not vim.deep_equal(vim.api.nvim_buf_get_lines(0, 0, -1, false), setup.lines)
  end, 50)
end

vim.cmd("edit " .. vim.fn.fnameescape(setup.file))
local config = {
  name = "eslint",
  cmd = setup.command,
  -- What is written is told at once, so that the question after it is about that text.
  flags = { debounce_text_changes = 0 },
  root_dir = setup.folder,
  workspace_folders = { { uri = vim.uri_from_fname(setup.folder), name = "workspace" } },
  settings = setup.settings,
  handlers = {
    ["eslint/confirmESLintExecution"] = function()
      return 4
    end,
  },
}
local id = vim.lsp.start and vim.lsp.start(config) or vim.lsp.start_client(config)
vim.lsp.buf_attach_client(0, id)
vim.wait(PATIENCE, function()
  client = vim.lsp.get_client_by_id(id)
  return client and (client.initialized or client.server_capabilities)
end, 50)

local seen = {}
write(setup.lines)
wait_for(1)
seen.found = shown()
seen.saved = vim.fn.readfile(setup.file)
local offered = actions()
seen.offered = vim.tbl_map(function(action)
  return action.title
end, offered)
choose(offered[1])
seen.repaired = vim.api.nvim_buf_get_lines(0, 0, -1, false)
look()
wait_for(0)
seen.left = shown()
io.stdout:write(vim.fn.json_encode(seen))
vim.cmd("quitall!")
