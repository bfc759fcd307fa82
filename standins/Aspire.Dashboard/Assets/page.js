// What every page does: times in the viewer's own zone.

const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit', fractionalSecondDigits: 3, hour12: false });
const day = new Intl.DateTimeFormat(undefined, { year: 'numeric', month: 'short', day: 'numeric' });

export function localizeTimes(root) {
  const today = day.format(new Date());
  for (const element of root.querySelectorAll('time:not([title])')) {
    const time = new Date(element.dateTime);
    const date = day.format(time);
    element.textContent = date === today ? clock.format(time) : `${date}, ${clock.format(time)}`;
    element.title = element.dateTime;
  }
}

localizeTimes(document);
