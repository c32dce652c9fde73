/** Names that the platform gives, by where they stand. */
// cspell:ignore EAFNOSUPPORT EALREADY ECONNABORTED EDESTADDRREQ EHOSTDOWN EHOSTUNREACH EINPROGRESS EISCONN ELOOP EMFILE
// cspell:ignore EMSGSIZE ENAMETOOLONG ENETDOWN ENETRESET ENETUNREACH ENFILE ENOBUFS ENODEV ENOEXEC ENOLCK ENOLOCK
// cspell:ignore ENOPROTOOPT ENOSPC ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTSOCK ENOTSUP EOPNOTSUPP EOVERFLOW
// cspell:ignore EPROTONOSUPPORT EPROTOTYPE EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE ESRCH ETXTBSY EXDEV ENOTFOUND
// cspell:ignore ETIMEOUT EADDRINUSE EADDRNOTAVAIL ECANCELED EACCES EAGAIN EBADF EBUSY ECHILD EDEADLK EDQUOT EEXIST
// cspell:ignore EFAULT EFBIG EILSEQ EINTR EISDIR EMLINK ENOMEM ENOENT ENXIO EPERM EPIPE ERANGE ESTALE ENODATA ESERVFAIL
// cspell:ignore EFORMERR ENOTIMP EREFUSED EBADQUERY EBADNAME EBADFAMILY EBADRESP ECONNREFUSED ECONNRESET ETIMEDOUT
// cspell:ignore EINVAL EPROTO ENOTINITIALIZED ELOADIPHLPAPI EADDRGETNETWORKPARAMS ECANCELLED EDESTRUCTION EBADSTR
// cspell:ignore EBADFLAGS ENONAME EBADHINTS ESOCKETTIMEDOUT
export const ERROR_CODES: ReadonlySet<string> = new Set(
  (
    "E2BIG EACCES EADDRINUSE EADDRNOTAVAIL EAFNOSUPPORT EAGAIN EALREADY EBADF EBADMSG EBUSY ECANCELED ECHILD " +
    "ECONNABORTED ECONNREFUSED ECONNRESET EDEADLK EDESTADDRREQ EDOM EDQUOT EEXIST EFAULT EFBIG EHOSTDOWN EHOSTUNREACH " +
    "EIDRM EILSEQ EINPROGRESS EINTR EINVAL EIO EISCONN EISDIR ELOOP EMFILE EMLINK EMSGSIZE ENAMETOOLONG ENETDOWN " +
    "ENETRESET ENETUNREACH ENFILE ENOBUFS ENODATA ENODEV ENOENT ENOEXEC ENOLCK ENOLOCK ENOLINK ENOMEM ENOMSG " +
    "ENOPROTOOPT ENOSPC ENOSR ENOSTR ENOSYS ENOTBLK ENOTCONN ENOTDIR ENOTEMPTY ENOTSOCK ENOTSUP ENOTTY ENXIO " +
    "EOPNOTSUPP EOVERFLOW EPERM EPIPE EPROTO EPROTONOSUPPORT EPROTOTYPE ERANGE EROFS ESHUTDOWN ESOCKTNOSUPPORT ESPIPE " +
    "ESRCH ESTALE ETIME ETIMEDOUT ETIMEOUT ETXTBSY EWOULDBLOCK EXDEV ENOTFOUND EFORMERR ESERVFAIL ENOTIMP EREFUSED " +
    "EBADQUERY EBADNAME EBADFAMILY EBADRESP EBADSTR EBADFLAGS ENONAME EBADHINTS EDESTRUCTION ECANCELLED " +
    "ENOTINITIALIZED ESOCKETTIMEDOUT"
  ).split(" "),
);

export const ENCODINGS: ReadonlySet<string> = new Set(
  "utf8 utf-8 utf16le utf-16le ucs2 ucs-2 base64 base64url latin1 binary ascii".split(" "),
);

/** Methods that take the name of an encoding. */
export const TAKES_ENCODING: ReadonlySet<string> = new Set(
  (
    "from byteLength toString readFile readFileSync writeFile writeFileSync appendFile appendFileSync setEncoding " +
    "createReadStream createWriteStream write end update digest"
  ).split(" "),
);

export const SCHEMA_TYPES: ReadonlySet<string> = new Set("string number integer boolean object array".split(" "));

/** The longer keys of a `package.json`. */
export const PACKAGE_KEYS: ReadonlySet<string> = new Set(
  (
    "dependencies devDependencies peerDependencies optionalDependencies bundledDependencies bundleDependencies " +
    "peerDependenciesMeta dependenciesMeta description repository contributors publishConfig packageManager " +
    "typesVersions sideEffects workspaces directories"
  ).split(" "),
);

/** The longer members of events in a page, and what React adds to them. */
export const EVENT_MEMBERS: ReadonlySet<string> = new Set(
  (
    "defaultPrevented preventDefault stopPropagation stopImmediatePropagation currentTarget relatedTarget " +
    "composedPath bubbles cancelable eventPhase isTrusted timeStamp dataTransfer clipboardData shiftKey ctrlKey metaKey " +
    "keyCode charCode location repeat isComposing buttons clientX clientY screenX screenY offsetX offsetY movementX " +
    "movementY pointerId pointerType pressure touches changedTouches targetTouches deltaX deltaY deltaMode detail " +
    "nativeEvent persist isDefaultPrevented isPropagationStopped returnValue cancelBubble srcElement target"
  ).split(" "),
);

/** What React calls on a component that has it. */
export const LIFECYCLE: ReadonlySet<string> = new Set(
  (
    "componentDidMount componentDidUpdate componentWillUnmount componentDidCatch componentWillMount " +
    "componentWillReceiveProps componentWillUpdate shouldComponentUpdate getSnapshotBeforeUpdate " +
    "getDerivedStateFromProps getDerivedStateFromError UNSAFE_componentWillMount UNSAFE_componentWillUpdate " +
    "UNSAFE_componentWillReceiveProps"
  ).split(" "),
);

/** The members that every engine gives the language's own objects. */
export const BUILTIN_MEMBERS: ReadonlySet<string> = new Set(
  [Array, String, Object, Function, Number, Promise, Map, Set, Date, RegExp]
    .flatMap(type => [...Object.getOwnPropertyNames(type), ...Object.getOwnPropertyNames(type.prototype)])
    .filter(name => /^[a-z]\w{5,}$/i.test(name)),
);
