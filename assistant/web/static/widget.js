/* Member Enquiry Assistant, Apache-2.0. Built by tools/build_widget.py. sources bb391fd76aeae90138fb93f2c1048303d597ab0859a1bb2010fbd698497f49d8 rest 37049ec67271c172594dbf10b2f42e600e0c16ee4a0ee10e09acd1fd5f461a78 */
(()=>{function r(t,e={},...o){let n=document.createElement(t);for(let[s,i]of Object.entries(e))i!==void 0&&(s in n?n[s]=i:n.setAttribute(s,i));return n.append(...o.flat().filter(s=>s||s===0)),n}function l(t,e,o="secondary"){return r("button",{type:"button",textContent:t,className:o,onclick:e})}function w(t,e){let o=t==="tel"?e.replace(/[^\d+]/g,""):e.replace(/[?#&%]/g,encodeURIComponent);return r("a",{href:`${t}:${o}`,textContent:e})}var We=/[\w.+-]+@[\w-]+(?:\.[\w-]+)+|(?<![\w,.-])(?:0\d[\d ]{7,11}\d|116 123|999|111)(?!\w|[,.-]\d)/g;function K(t){let e=[],o=0;for(let{0:n,index:s}of t.matchAll(We))e.push(t.slice(o,s),w(n.includes("@")?"mailto":"tel",n)),o=s+n.length;return[...e,t.slice(o)]}var y="Ask a question",x="Support against racism",Z="Close",Q="Conversation";var v="Assistant",k="(these words are not kept)",X=["Hello. I can tell you which support against racism the NHS Confederation offers its members, and whom to contact.","I am a computer program, not a person. I know what was published in November 2022."],ee=["What support is there for nurses and midwives?","How do I join the BME Leadership Network?","What can our integrated care system do first?"],te={label:"Your question",hint:"Please leave out names and personal details, your own and other people's."},oe={__proto__:null,name:{label:"Your name",hint:"We store it encrypted, apart from your question.",autocomplete:"name"},email:{label:"Your e-mail address",hint:"We store it encrypted, apart from your question.",autocomplete:"email",inputMode:"email"},consent:{label:"Yes or no",hint:"May we keep your details to answer you?"}},ne="Send",A="Sending your message. The answer is on its way.",re="Type your question first.",se="Your question is too long. It can have up to 1,000 characters.",ie=t=>t<0?`${V(-t)} too many`:`You have ${V(t)} left`,V=t=>`${t.toLocaleString("en-GB")} ${t===1?"character":"characters"}`,ae="Try again",O="The assistant cannot be reached. Check your connection, then try again.",le=t=>`Please wait ${t} ${t===1?"second":"seconds"}, then try again.`,ce=t=>`The assistant could not do that (error ${t}).`,I="Your earlier conversation is no longer kept. Your next message starts a new one.",R=t=>`Stage: ${t.join(" and ")}`,j={__proto__:null,current:"Current support",enhanced:"Enhanced support"},Y="Contact: ",D="No contact is published for this offer. General contact: ",B=" or ",de=(t,e)=>`Source: ${t}, published in ${e}`,M="Your reference: ",he="Copy",ue=t=>`Copy the reference ${t}`,pe="The reference is copied.",me="The reference is selected. Copy it with your keyboard or menu.",P="Was this useful?",fe="Yes",ge="No",be="Thank you for telling us.",we="Thank you for telling us. You can ask in other words, or leave your question for a person.",C="More",q="Leave a question for a person",ye="Download this conversation",_="What happens to what I write?",W="Start again",G="Erase my conversation",xe="Open as a plain page",ve="conversation.txt",ke="Start again? This window is cleared. What you wrote stays with us for its time, and you can no longer erase it here. To erase it, go back and choose that.",Ce="Erase your conversation? It is deleted for good, here and on our server. So are questions that you left for a person: nobody will answer them.",qe="Back to the conversation",Se="No, go back",Ne="You can ask a new question.",U="Your conversation is erased.",Ee="Erasing your conversation.",z="Fetching your conversation.",d={title:"Leave a question for a person",intro:"Somebody at the NHS Confederation will read your question and write to you.",question:"Your question",questionHint:"Please leave out other people's names.",name:"Your name",email:"Your e-mail address",emailHint:"We only use it to answer this question.",consent:"You may keep my name and e-mail address until my question is answered and for some weeks after, and use them only to answer me. I can withdraw this at any time.",keepWords:"If my question tells of racism, you may keep those words too (you need not)",submit:"Leave my question",cancel:"Cancel",problem:"There is a problem",missing:{question:"Enter your question",name:"Enter your name",email:"Enter an e-mail address, like name@example.org",consent:"Tick the box if you agree. We cannot write to you without it"}};var Te=1e3,Ge=800,Ue=400,N=class{#n=r("label",{htmlFor:"text"});#t=r("p",{className:"hint",id:"hint"});#e=r("p",{className:"hint",id:"counter",role:"status"});#o=r("button",{type:"submit",textContent:ne});buttons=r("div",{className:"buttons"},this.#o);#r=!1;#c;box=r("textarea",{id:"text",rows:2,"aria-describedby":"hint counter"});constructor(e,o){this.element=r("form",{className:"ask",noValidate:!0},this.#n,this.#t,this.box,this.#e,this.buttons),this.element.addEventListener("submit",n=>{if(n.preventDefault(),this.#r)return;let s=this.#i();this.box.focus(),s?o(s):e(this.box.value)}),this.box.addEventListener("keydown",n=>{n.key!=="Enter"||n.shiftKey||n.isComposing||(n.preventDefault(),this.element.requestSubmit())}),this.box.addEventListener("input",()=>{clearTimeout(this.#c),this.#c=setTimeout(()=>this.count(),Ue)}),this.expect(null)}set busy(e){this.#r=e,this.box.readOnly=e;for(let o of this.buttons.children)o.setAttribute("aria-disabled",String(e))}get text(){return this.box.value}set text(e){this.box.value=e,this.count()}expect(e){let{label:o,hint:n,autocomplete:s="off",inputMode:i="text"}=oe[e]??te;this.#n.textContent=o,this.#t.textContent=n,Object.assign(this.box,{autocomplete:s,inputMode:i})}count(){let e=[...this.box.value].length,o=Te-e;this.#e.textContent=e>=Ge?ie(o):"",this.#e.classList.toggle("over",o<0)}#i(){return this.box.value.trim()?[...this.box.value].length>Te?se:"":re}};var H="enquiry-assistant";function Le(){try{return JSON.parse(sessionStorage.getItem(H))}catch{return null}}function $e(t){try{sessionStorage.setItem(H,JSON.stringify(t))}catch{}}function Ae(){try{sessionStorage.removeItem(H)}catch{}}var ze=3e4,f=class extends Error{constructor(e,o=0){super(e),this.isGone=o===401||o===404,this.mayPass=o===0||o===408||o===429||o>=500}},E=class{#n;#t=Le();#e=null;constructor(e){this.#n=e}get isOpen(){return!!this.#t}async send(e){JSON.stringify(this.#e?.body)!==JSON.stringify(e)&&(this.#e={body:e,key:Je()}),this.#t||(this.#t=await this.#r("POST",""),$e(this.#t));let o=await this.#r("POST",this.#o("messages"),this.#e);return this.#e=null,o}history(){return this.#r("GET",this.#o("messages"))}judge(e,o){return this.#r("POST",this.#o("enquiries",e,"feedback"),{body:{useful:o}})}async erase(){await this.#r("DELETE",this.#o()),this.leave()}leave(){this.#t=this.#e=null,Ae()}#o(...e){return["",this.#t.conversation,...e].map(encodeURIComponent).join("/")}async#r(e,o,{body:n,key:s}={}){let i={Accept:"application/json"};n&&(i["Content-Type"]="application/json"),s&&(i["Idempotency-Key"]=s),this.#t&&(i.Authorization=`Bearer ${this.#t.token}`);let c,p;try{let a=AbortSignal.timeout(ze),m={method:e,headers:i,body:n&&JSON.stringify(n),signal:a,credentials:"omit"};c=await fetch(`${this.#n}/api/conversations${o}`,m),p=await c.text()}catch{throw new f(O)}let u=Fe(p);if(c.ok&&(u!==void 0||c.status===204))return u;throw new f(He(c,u),c.ok?0:c.status)}};function He(t,e){if(t.ok)return O;let o=Number(t.headers.get("Retry-After"));return t.status===429&&o>0?le(o):e?.detail??e?.title??ce(t.status)}function Fe(t){try{return JSON.parse(t)}catch{return}}function Je(){return[...crypto.getRandomValues(new Uint8Array(16))].map(e=>e.toString(16).padStart(2,"0")).join("")}var Ke=3,Ve=["handoff","crisis","disclosure","abuse","smalltalk"];function F(t,e,...o){let n=r("p",{className:"speaker",textContent:e});return r("article",{className:`entry ${t}`,tabIndex:-1,"aria-label":e},n,...o)}function T(t){return F("asker","You",r("p",{className:"words",textContent:t}))}function Ie(t){return F("assistant",v,X.map(e=>r("p",{},e)),r("div",{className:"buttons"},ee.map(e=>l(e,()=>t(e),"choice"))))}function Ze({outcome:t,replies:e,offers:o,topic:n,person:s}){let i=e.map(({text:a})=>a);if(t==="list"&&o.length)return i.map(a=>a.replace(/\n• .*/g,""));if(t!=="offer"||o.length!==1||n||s)return i;let[{contact:c,source:p}]=o,u=a=>/^It belongs to the .{1,60} support\.$/.test(a)||a.includes(c.email)||a.includes(p.title);return i.filter(a=>!u(a))}function Re(t,e){let o=t.outcome==="clarify"?[]:t.offers,n=t.outcome==="offer"&&o.length===1,s=t.people.length?t.people:[t.person].filter(Boolean);return F("assistant",v,Ze(t).map(i=>r("p",{className:"words"},K(i))),o.map(i=>Qe(i,o.length>Ke,n)),s.length>0&&r("ul",{},s.map(et)),t.choices.length>0&&r("div",{className:"buttons"},t.choices.map(i=>l(i.label,()=>e.choose(i),"choice"))),t.enquiry&&tt(t.enquiry,e.copy),t.enquiry&&!Ve.includes(t.outcome)&&ot(t.enquiry,e.judge))}function Qe(t,e,o){let n=[R(t.stages),j[t.tier]??t.tier];return r(e?"details":"section",{className:"card"},r(e?"summary":"h3",{textContent:t.name}),!o&&r("p",{textContent:t.summary}),r("p",{className:"tags"},n.map(s=>r("span",{className:"tag",textContent:s}))),Xe(t.contact),r("p",{className:"hint",textContent:de(t.source.title,nt(t.source.published))}))}function Xe({email:t,phone:e,published:o}){let n=t&&w("mailto",t),s=e&&w("tel",e);return r("p",{},o?Y:D,n,n&&s&&B,s)}function et({name:t,role:e}){return r("li",{},r("strong",{textContent:t}),`, ${e}`)}function tt(t,e){let o=r("strong",{textContent:t}),n=l(he,()=>e(t,o),"small");return n.setAttribute("aria-label",ue(t)),r("p",{className:"reference"},M,o," ",n)}function ot(t,e){let o=r("div",{className:"buttons feedback",role:"group","aria-label":P});return o.append(P,l(fe,()=>e(t,!0,o),"small"),l(ge,()=>e(t,!1,o),"small")),o}function nt(t){let e=new Date(`${t}T00:00Z`);return!/^\d{4}-\d{2}/.test(t)||Number.isNaN(e.valueOf())?t:e.toLocaleDateString("en-GB",{month:"long",year:"numeric",timeZone:"UTC"})}function je(t){let e=t.map(o=>{let n=new Date(o.at).toLocaleString("en-GB");if(o.from==="asker")return`${n}
${"You"}: ${o.text??k}`;let s=o.replies.map(({text:i})=>i);for(let i of o.offers){let{email:c,phone:p,published:u}=i.contact,a=[c,p].filter(Boolean).join(B);s.push(`${i.name}. ${i.summary}`,`${R(i.stages)}. ${j[i.tier]??i.tier}.`,(u?Y:D)+a)}return o.enquiry&&s.push(M+o.enquiry),`${n}
${v}: ${s.join(`
`)}`});return`${x}

${e.join(`

`)}
`}var rt="(max-width: 30rem), (max-height: 25rem)",L=class{#n=matchMedia(rt);launcher=r("button",{type:"button",className:"launcher",part:"launcher","aria-expanded":"false"});dialog=r("dialog",{part:"panel","aria-labelledby":"title"});body=r("div",{className:"body"});constructor(e,o){this.launcher.append(r("span",{textContent:y}));let n=r("h2",{id:"title",textContent:x}),s=l(C,o,"small"),i=l(Z,()=>this.dialog.close(),"small");this.dialog.append(r("div",{className:"head"},n,s,i),this.body),this.launcher.addEventListener("click",()=>{this.open(),e()}),this.dialog.addEventListener("close",()=>{this.#t||(this.launcher.setAttribute("aria-expanded","false"),this.launcher.hidden=!1,this.launcher.focus())}),this.dialog.addEventListener("keydown",c=>{c.key!=="Escape"||c.isComposing||(c.preventDefault(),this.dialog.close())}),this.#n.addEventListener("change",()=>this.#e())}#t=!1;open(){this.dialog.open||(this.#n.matches?this.dialog.showModal():this.dialog.show(),this.launcher.hidden=!0,this.launcher.setAttribute("aria-expanded","true"))}#e(){if(!this.dialog.open)return;let e=this.dialog.getRootNode().activeElement;this.#t=!0,this.dialog.addEventListener("close",()=>this.#t=!1,{once:!0}),this.dialog.close(),this.open(),e?.focus()}};var st=/^[^\s@]+@[^\s@]+\.[^\s@]+$/;function De(t,e,o){let n=r("div",{className:"problem",role:"alert",tabIndex:-1,hidden:!0}),s={question:J("question",r("textarea",{rows:3,value:t}),d.questionHint),name:J("name",r("input",{type:"text",autocomplete:"name"})),email:J("email",r("input",{type:"email",autocomplete:"email"}),d.emailHint),consent:Ye("consent",d.consent)},i=Ye("keep_words",d.keepWords),c=r("p",{className:"hint",role:"status"}),p=r("form",{className:"question",noValidate:!0,"aria-labelledby":"form-title"},r("h3",{id:"form-title",textContent:d.title,tabIndex:-1}),r("p",{textContent:d.intro}),n,Object.values(s).map(({row:a})=>a),i.row,c,r("div",{className:"buttons"},r("button",{type:"submit",textContent:d.submit}),l(d.cancel,o)));p.addEventListener("submit",a=>{a.preventDefault();let m=Object.keys(s).filter(h=>!it(h,s[h].input));for(let h in s)s[h].tell(m.includes(h)?d.missing[h]:"");if(u(m.map(h=>[d.missing[h],s[h].input])),m.length)return;let g=h=>s[h].input.value.trim();e({question:g("question"),name:g("name"),email:g("email"),consent:!0,keep_words:i.input.checked})});function u(a){c.textContent="",n.hidden=a.length===0,n.replaceChildren(r("h4",{textContent:d.problem}),r("ul",{},a.map(([m,g])=>r("li",{},g?l(m,()=>g.focus(),"link"):m)))),a.length&&n.focus()}return{element:p,tell:a=>c.textContent=a,refuse:a=>u([[a]])}}function it(t,e){return t==="consent"?e.checked:t==="email"?st.test(e.value.trim()):!!e.value.trim()}function J(t,e,o){let n=`field-${t}`,s=r("p",{className:"error",id:`${n}-error`,hidden:!0}),i=[o&&`${n}-hint`,`${n}-error`].filter(Boolean).join(" ");Object.assign(e,{id:n,name:t}),e.setAttribute("aria-describedby",i);let c=r("div",{className:"field"},r("label",{htmlFor:n,textContent:d[t]}),o&&r("p",{className:"hint",id:`${n}-hint`,textContent:o}),s,e);return{row:c,input:e,tell:Be(c,e,s)}}function Ye(t,e){let o=`field-${t}`,n=r("p",{className:"error",id:`${o}-error`,hidden:!0}),s=r("input",{type:"checkbox",id:o,name:t,"aria-describedby":`${o}-error`}),i=r("div",{className:"field tick"},n,r("label",{htmlFor:o},s,r("span",{textContent:e})));return{row:i,input:s,tell:Be(i,s,n)}}function Be(t,e,o){return n=>{o.textContent=n,o.hidden=!n,t.classList.toggle("wrong",!!n),e.setAttribute("aria-invalid",String(!!n))}}var Me=`/* The conventions of nhsuk-frontend (MIT): colours, focus, buttons, errors. Sizes are in em, of the reader's own medium. */

/* A page's own \`* { ... }\` would win over :host, were it not for "important". Without a box, nothing in the page moves. */
:host {
  all: initial !important;
  display: contents !important;
  direction: ltr !important;
  --ink: var(--enquiry-ink, #212b32);
  --quiet: var(--enquiry-quiet, #4c6272);
  --colour: var(--enquiry-colour, #005eb8);
  --dark: var(--enquiry-dark, #003087);
  --paper: var(--enquiry-paper, #fff);
  --pale: var(--enquiry-pale, #f0f4f5);
  --line: #768692;
  --red: #d5281b;
  font: medium/1.5 var(--enquiry-font, Arial, sans-serif) !important;
  color: var(--ink) !important;
}

:host([hidden]) {
  display: none !important;
}

*,
*::before,
*::after {
  box-sizing: border-box;
}

[hidden] {
  display: none !important;
}

.launcher {
  position: fixed;
  right: var(--enquiry-right, 1em);
  bottom: var(--enquiry-bottom, 1em);
  z-index: var(--enquiry-layer, 2147483000);
}

dialog {
  position: fixed;
  inset: auto var(--enquiry-right, 1em) var(--enquiry-bottom, 1em) auto;
  z-index: var(--enquiry-layer, 2147483000);
  display: none;
  flex-direction: column;
  width: min(var(--enquiry-width, 27em), calc(100vw - 2em));
  height: min(46em, calc(100vh - 2em));
  max-width: none;
  max-height: none;
  margin: 0;
  padding: 0;
  border: 1px solid var(--line);
  border-radius: 4px;
  background: var(--paper);
  color: inherit;
  box-shadow: 0 4px 16px rgb(33 43 50 / 30%);
  overflow-wrap: anywhere;
}

dialog[open] {
  display: flex;
}

.head {
  display: flex;
  align-items: center;
  gap: 0.5em;
  padding: 0.5em 0.75em 0.5em 1em;
  background: var(--colour);
  color: #fff;
}

.body,
.talk {
  flex: 1;
  display: flex;
  flex-direction: column;
  min-height: 0;
}

.sheet {
  flex: 1;
  padding: 1em;
  overflow-y: auto;
}

.menu > a {
  padding: 0.625em 0;
}

.menu {
  display: flex;
  flex-direction: column;
  align-items: flex-start;
  gap: 0.75em;
  margin-top: 0.75em;
}

h2,
h3,
h4,
p,
ul {
  margin: 0 0 0.5em;
}

h2 {
  flex: 1;
  margin: 0;
  font-size: 1.125em;
  line-height: 1.3;
}

h3 {
  font-size: 1.125em;
  line-height: 1.3;
}

h4,
.card h3 {
  font-size: 1em;
}

ul {
  padding-left: 1.25em;
}

a {
  color: var(--colour);
}

.hint {
  color: var(--quiet);
  font-size: 0.875em;
}

/* What was said */

.log {
  flex: 1;
  min-height: 6em;
  padding: 1em 1em 0;
  overflow-y: auto;
  overscroll-behavior: contain;
}

.entry {
  margin: 0 0 1em;
  padding: 0.75em;
  border: 1px solid #d8dde0;
  border-radius: 4px;
  background: var(--pale);
  scroll-margin-top: 0.5em;
}

.entry.asker {
  margin-left: 12%;
  border-color: var(--colour);
  background: var(--paper);
}

.entry > :last-child,
.card > :last-child {
  margin-bottom: 0;
}

.speaker {
  margin-bottom: 0.25em;
  font-size: 0.875em;
  font-weight: bold;
}

.words {
  white-space: pre-line;
}

.card {
  margin-bottom: 0.75em;
  padding: 0.75em;
  border: 1px solid #d8dde0;
  border-left: 4px solid var(--colour);
  background: var(--paper);
}

summary {
  cursor: pointer;
  font-weight: bold;
}

.card[open] > summary {
  margin-bottom: 0.5em;
}

.tags,
.buttons {
  display: flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 0.5em;
}

.buttons {
  margin-bottom: 0.5em;
}

.tag {
  padding: 0.125em 0.5em;
  border: 1px solid #002f5c;
  background: #ccdff1;
  color: #002f5c;
  font-size: 0.875em;
}

.typing {
  display: flex;
  gap: 0.375em;
  margin: 0;
  padding: 0 1em 0.75em;
}

.typing i {
  width: 0.625em;
  height: 0.625em;
  border: 1px solid var(--quiet);
  border-radius: 50%;
  background: var(--quiet);
}

/* Errors and the form */

.notice:not(:empty) {
  flex: none;
  padding: 0 1em;
}

.problem {
  margin-bottom: 0.75em;
  padding: 0.75em;
  border: 4px solid var(--red);
  background: var(--paper);
}

.problem > :last-child {
  margin-bottom: 0;
}

.problem p {
  font-weight: bold;
}

.field {
  margin-bottom: 0.75em;
}

.field.wrong {
  padding-left: 0.75em;
  border-left: 4px solid var(--red);
}

.error,
.over {
  color: var(--red);
  font-weight: bold;
}

label {
  display: block;
  font-weight: bold;
}

.tick label {
  display: flex;
  gap: 0.5em;
  font-weight: normal;
}

.tick input {
  flex: none;
  width: 1.5em;
  height: 1.5em;
  margin: 0;
  font: inherit;
  accent-color: var(--colour);
}

/* Typing */

.ask {
  padding: 0.75em 1em;
  border-top: 1px solid #d8dde0;
}

.status {
  margin: 0;
  padding: 0 1em 0.25em;
}

/* Not display: none, because what is not there cannot tell screen readers that it changes. */
.status:empty,
#counter:empty {
  margin: 0;
  padding: 0;
}

textarea,
input:not([type="checkbox"]) {
  display: block;
  width: 100%;
  margin-bottom: 0.5em;
  padding: 0.5em;
  border: 2px solid var(--ink);
  border-radius: 0;
  background: var(--paper);
  color: inherit;
  font: inherit;
  resize: vertical;
}

.wrong textarea,
.wrong input {
  border-color: var(--red);
}

textarea:read-only {
  background: var(--pale);
}

button {
  min-height: 2.75em;
  padding: 0.5em 1em;
  border: 2px solid transparent;
  border-radius: 4px;
  background: var(--enquiry-button, #007f3b);
  box-shadow: 0 4px 0 var(--enquiry-button-dark, #00401e);
  color: #fff;
  font: inherit;
  font-weight: bold;
  text-align: left;
  cursor: pointer;
}

button:hover {
  background: var(--enquiry-button-dark, #00662f);
}

.launcher {
  background: var(--colour);
  box-shadow: 0 4px 0 var(--dark);
}

.launcher:hover {
  background: var(--dark);
}

.secondary,
.choice,
.small {
  border-color: var(--colour);
  background: var(--paper);
  box-shadow: none;
  color: var(--colour);
}

.secondary:hover,
.choice:hover,
.small:hover {
  background: #d9e5f2;
  color: var(--dark);
}

.small {
  min-height: 2.25em;
  padding: 0.25em 0.75em;
}

.warning {
  background: var(--red);
  box-shadow: 0 4px 0 #6b140e;
}

.warning:hover {
  background: #aa2016;
}

.link {
  vertical-align: top;
  min-height: 0;
  padding: 0;
  border: 0;
  background: none;
  box-shadow: none;
  color: var(--red);
  text-decoration: underline;
}

.link:hover {
  background: none;
}

button:disabled {
  border-color: #d8dde0;
  background: var(--pale);
  color: var(--quiet);
  cursor: default;
}

[aria-disabled="true"] {
  opacity: 0.6;
  cursor: default;
}

:focus-visible,
[tabindex="-1"]:focus {
  outline: 4px solid transparent;
  box-shadow:
    0 0 0 3px #ffeb3b,
    0 0 0 6px #212b32;
}

/* Over the whole page there is no room around it. */
dialog:focus-visible {
  outline: 4px solid #212b32;
  outline-offset: -4px;
}

a:focus-visible,
button:focus-visible,
summary:focus-visible {
  border-color: transparent;
  background: #ffeb3b;
  color: #212b32;
}

/* Little room: the whole page, and everything scrolls together */

@media (max-width: 30rem), (max-height: 25rem) {
  dialog {
    inset: 0;
    width: auto; /* 100vw would go under the page's scroll bar */
    height: 100dvh;
    border: 0;
    border-radius: 0;
    overflow-y: auto;
  }

  .body,
  .talk {
    flex: none;
    min-height: auto;
  }

  .log,
  .sheet {
    overflow: visible;
  }

  .entry.asker {
    margin-left: 0;
  }
}

@media (max-width: 30rem) {
  .buttons > button,
  .menu > button {
    width: 100%;
  }

  .buttons > .small {
    width: auto;
  }
}

@media (prefers-reduced-motion: no-preference) {
  .typing i {
    animation: wait 1.2s infinite;
  }

  .typing i:nth-child(2) {
    animation-delay: 0.2s;
  }

  .typing i:nth-child(3) {
    animation-delay: 0.4s;
  }
}

@keyframes wait {
  50% {
    opacity: 0.2;
  }
}

@media (forced-colors: active) {
  button,
  .entry,
  .card,
  .tag {
    border: 2px solid;
  }

  :focus-visible,
  [tabindex="-1"]:focus {
    outline-color: Highlight;
  }

  .head {
    border-bottom: 1px solid;
  }

  .entry.asker {
    border-style: dashed;
  }

  button:disabled {
    border-color: GrayText;
    color: GrayText;
  }
}

@media print {
  .launcher,
  .ask,
  .small,
  .entry > [role="group"] {
    display: none;
  }

  dialog {
    position: static;
    inset: auto;
    width: 100%;
    height: auto;
    overflow: visible;
    box-shadow: none;
  }

  .body,
  .talk {
    display: block;
  }

  .log {
    overflow: visible;
  }

  .card::details-content {
    content-visibility: visible;
  }
}
`;var lt=1e3,Pe=new CSSStyleSheet;Pe.replaceSync(Me);var b=class t extends HTMLElement{static home="";#n;#t;#e;#o=r("div",{role:"log",className:"log","aria-label":Q});#r=r("p",{className:"typing","aria-hidden":"true",hidden:!0},r("i"),r("i"),r("i"));#c=r("p",{className:"hint status",role:"status"});#i=r("div",{className:"notice"});#u=r("div",{className:"talk"});#a=r("div",{className:"sheet",hidden:!0});#d=null;#s=!1;connectedCallback(){this.shadowRoot||(this.lang||="en-GB",this.attachShadow({mode:"open"}).adoptedStyleSheets=[Pe],this.#t=new E(t.home),this.#e=new N(e=>this.#k(e),e=>this.#g(e)),this.#n=new L(()=>this.#I(),()=>this.#O()),this.#e.buttons.append(l(q,()=>this.#T())),this.#u.append(this.#o,this.#r,this.#i,this.#c,this.#e.element),this.#n.body.append(this.#u,this.#a),this.#o.append(this.#v()),this.shadowRoot.append(this.#n.launcher,this.#n.dialog),this.#e.box.addEventListener("input",()=>this.#s||this.#y()),addEventListener("online",()=>this.#s||this.#d?.()))}#O(){if(this.#s||!this.#a.hidden)return;let e=r("h3",{textContent:C,tabIndex:-1});this.#w(e,r("div",{className:"menu"},l(_,()=>this.#l()||this.#k(_)),l(ye,()=>this.#l()||this.#A()),l(W,()=>this.#L(ke,W,()=>this.#x(Ne))),l(G,()=>this.#L(Ce,G,()=>this.#$())),r("a",{href:`${t.home}/chat`,textContent:xe}),l(qe,()=>this.#l()))),e.focus()}#w(...e){this.#a.replaceChildren(...e),this.#u.hidden=!0,this.#a.hidden=!1}#l(){this.#u.hidden=!1,this.#a.hidden=!0,this.#a.replaceChildren(),this.#e.box.focus()}#v(){return Ie(e=>this.#p({text:e},e))}#I(){this.#t.isOpen&&this.#o.children.length===1&&this.#E(),(this.#a.querySelector("h3")??this.#e.box).focus()}#k(e){return this.#p({text:e},e)}#p(e,o){return this.#m(A,()=>this.#p(e,o),async()=>{let n=await this.#t.send(e);this.#e.text===e.text&&(this.#e.text=""),this.#b(),this.#o.append(T(o)),this.#S(n)})}async#m(e,o,n){if(!this.#s){this.#d=o,this.#f(!0),this.#q(),this.#h(e);try{await n(),this.#d=null,this.#c.textContent===e&&this.#h("")}catch(s){if(!(s instanceof f))throw s;this.#h(""),this.#R(s)}finally{this.#f(!1)}}}#f(e){this.#s=this.#e.busy=e,this.#r.hidden=!e}#R(e){if(!e.isGone)return this.#g(e.message,e.mayPass);this.shadowRoot.activeElement&&this.#e.box.focus(),this.#C(),this.#g(I)}#C(){this.#t.leave(),this.#b();for(let e of this.#o.querySelectorAll(".feedback"))e.remove();this.#e.expect(null)}#y(){this.#d=null,this.#q()}#g(e,o=!1){o||(this.#d=null),this.#i.replaceChildren(r("div",{className:"problem"},r("p",{role:"alert",textContent:e}),o&&l(ae,()=>this.#d?.()))),this.#i.scrollIntoView({block:"nearest"})}#h(e){return this.#c.textContent=e,!0}#q(){this.#i.contains(this.shadowRoot.activeElement)&&this.#e.box.focus(),this.#i.replaceChildren()}#S(e){let o=this.#N(e);o.previousElementSibling.scrollIntoView();let n=e.expects&&!e.choices.length?this.#e.box:o;this.#j||n.focus({preventScroll:!0})}get#j(){let e=this.getRootNode().activeElement;return!!e&&e!==this&&e!==document.body}#N(e){this.#e.expect(e.expects);let o=Re(e,{choose:n=>this.#p({choice:n.id},n.label),judge:(n,s,i)=>this.#D(n,s,i),copy:(n,s)=>this.#B(n,s)});return this.#o.append(o),o}#b(){for(let e of this.#o.querySelectorAll(".choice"))e.disabled=!0}#E(){return this.#m(z,()=>this.#E(),async()=>{let e=await this.#t.history();this.#o.setAttribute("aria-live","off");for(let o of e)this.#b(),o.from==="asker"?this.#o.append(T(o.text??k)):this.#N(o);setTimeout(()=>this.#o.removeAttribute("aria-live"),lt),this.#o.lastElementChild.scrollIntoView()})}#T(){if(this.#s)return;let e=De(this.#e.text,o=>this.#Y(e,o),()=>this.#s||this.#l());this.#w(e.element),e.element.querySelector("h3").focus()}async#Y(e,o){if(!this.#s){this.#y(),this.#f(!0),e.tell(A);try{let n=await this.#t.send({form:o});this.#e.text="",this.#l(),this.#b(),this.#o.append(T(q)),this.#S(n)}catch(n){if(!(n instanceof f))throw n;n.isGone&&this.#C(),e.refuse(n.isGone?I:n.message)}finally{this.#f(!1)}}}#L(e,o,n){let s=r("h3",{textContent:e,tabIndex:-1}),i=l(o,()=>this.#l()||n(),"warning");this.#w(s,r("div",{className:"buttons"},i,l(Se,()=>this.#l()))),s.focus()}#x(e){this.#t.leave(),this.#y(),this.#o.replaceChildren(this.#v()),this.#e.expect(null),this.#e.text="",this.#h(e),this.#e.box.focus()}#$(){return this.#t.isOpen?this.#m(Ee,()=>this.#$(),async()=>{await this.#t.erase(),this.#x(U)}):this.#x(U)}async#D(e,o,n){try{await this.#t.judge(e,o)}catch(i){if(!(i instanceof f))throw i;return this.#g(i.message)}let s=r("p",{textContent:o?be:we,tabIndex:-1});n.replaceWith(s),o||s.after(r("p",{},l(q,()=>this.#T()))),s.focus()}async#B(e,o){try{await navigator.clipboard.writeText(e),this.#h(pe)}catch{getSelection().selectAllChildren(o),this.#h(me)}}#A(){return this.#m(z,()=>this.#A(),async()=>{let e=this.#t.isOpen?await this.#t.history():[],o=URL.createObjectURL(new Blob([je(e)],{type:"text/plain"}));r("a",{href:o,download:ve}).click(),setTimeout(()=>URL.revokeObjectURL(o),6e4)})}};var $="enquiry-assistant";customElements.get($)||(b.home=new URL(ct().src).origin,customElements.define($,b),document.readyState==="loading"?addEventListener("DOMContentLoaded",_e):_e());function ct(){return Object.getOwnPropertyDescriptor(Document.prototype,"currentScript").get.call(document)}function _e(){if(document.querySelector($))return;let t=document.createElement($);t.textContent=y,document.querySelector("body").append(t)}})();
//# sourceMappingURL=widget.js.map
