/** Libraries of dates: all but moment give back new objects, so a result that is dropped is a mistake. */
import type { Facts, Library } from "../facts.ts";
import { exportsOf, FRESH, packageMembersOf, PURE } from "../rows.ts";

const CHANGES: Facts = { pure: false, throws: "no", changes: "receiver", returns: { same: "receiver" } };
const MS: Facts = { ...PURE, returns: { unit: "ms" } };
const S: Facts = { ...PURE, returns: { unit: "s" } };

export const moment: Library = {
  name: "moment",
  versions: ">=2 <3",
  models: [
    exportsOf("moment", "default utc unix parseZone duration", FRESH),
    exportsOf("moment", "isMoment isDate isDuration", PURE),
    ...packageMembersOf("moment", "Moment", "add subtract startOf endOf local utc utcOffset set", CHANGES),
    ...packageMembersOf("moment", "Moment", "format fromNow from to toNow calendar diff toISOString toJSON", PURE),
    ...packageMembersOf(
      "moment",
      "Moment",
      "isBefore isAfter isSame isBetween isSameOrBefore isSameOrAfter isValid",
      PURE,
    ),
    ...packageMembersOf("moment", "Moment", "clone toDate toArray toObject", FRESH),
    ...packageMembersOf("moment", "Moment", "valueOf", MS),
    ...packageMembersOf("moment", "Moment", "unix", S),
    ...packageMembersOf("moment", "Duration", "asMilliseconds", MS),
    ...packageMembersOf("moment", "Duration", "asSeconds", S),
    ...packageMembersOf("moment", "Duration", "add subtract", CHANGES),
  ],
};

export const dayjs: Library = {
  name: "dayjs",
  versions: ">=1 <2",
  models: [
    exportsOf("dayjs", "default unix", FRESH),
    exportsOf("dayjs", "isDayjs", PURE),
    ...packageMembersOf("dayjs", "Dayjs", "add subtract startOf endOf set clone toDate locale", FRESH),
    ...packageMembersOf(
      "dayjs",
      "Dayjs",
      "format diff toISOString toJSON isBefore isAfter isSame isValid daysInMonth",
      PURE,
    ),
    ...packageMembersOf("dayjs", "Dayjs", "valueOf", MS),
    ...packageMembersOf("dayjs", "Dayjs", "unix", S),
  ],
};

export const luxon: Library = {
  name: "luxon",
  versions: ">=2 <4",
  models: [
    exportsOf("luxon", "DateTime.now DateTime.utc DateTime.local DateTime.fromISO DateTime.fromFormat", FRESH),
    exportsOf("luxon", "DateTime.fromJSDate DateTime.fromObject Duration.fromObject Duration.fromISO", FRESH),
    exportsOf("luxon", "DateTime.fromMillis Duration.fromMillis", { ...FRESH, takes: { 0: { unit: "ms" } } }),
    exportsOf("luxon", "DateTime.fromSeconds", { ...FRESH, takes: { 0: { unit: "s" } } }),
    ...packageMembersOf("luxon", "DateTime", "plus minus startOf endOf set setZone setLocale toUTC toLocal", FRESH),
    ...packageMembersOf("luxon", "DateTime", "diff diffNow toJSDate toObject", FRESH),
    ...packageMembersOf("luxon", "DateTime", "toISO toISODate toFormat toLocaleString toRelative hasSame equals", PURE),
    ...packageMembersOf("luxon", "DateTime", "toMillis valueOf", MS),
    ...packageMembersOf("luxon", "DateTime", "toSeconds toUnixInteger", S),
    ...packageMembersOf("luxon", "Duration", "plus minus negate normalize shiftTo", FRESH),
    ...packageMembersOf("luxon", "Duration", "toMillis", MS),
  ],
};

export const dateFns: Library = {
  name: "date-fns",
  versions: ">=2 <5",
  models: [
    exportsOf(
      "date-fns",
      "add addDays addHours addMinutes addMonths addSeconds addWeeks addYears sub subDays subHours subMinutes subMonths " +
        "subWeeks subYears startOfDay startOfHour startOfMonth startOfWeek startOfYear endOfDay endOfMonth endOfWeek " +
        "endOfYear set setDate setHours setMinutes setMonth setYear max min parseISO parse toDate fromUnixTime",
      FRESH,
    ),
    exportsOf(
      "date-fns",
      "isAfter isBefore isEqual isSameDay isSameMonth isSameYear isToday isValid isWeekend isWithinInterval " +
        "differenceInDays differenceInHours differenceInMinutes differenceInMonths differenceInYears getDay getMonth",
      PURE,
    ),
    exportsOf("date-fns", "differenceInMilliseconds getTime", MS),
    exportsOf("date-fns", "differenceInSeconds getUnixTime", S),
    exportsOf("date-fns", "format formatDistance formatISO formatRelative", { pure: true, throws: "yes" }),
  ],
};
